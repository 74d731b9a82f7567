import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { connect, wrap } from '#db/client';
import { hearChanges, readConfigured } from '#lib/kernel/configured';
import { inTransaction } from '#lib/kernel/context';
import { createResource, listScopeResources } from '#lib/resources/index';
import { createScope, listScopes, updateScope } from '#lib/scopes/index';
import { stranger } from '#support/actors';
import { databaseUrl, db } from '#support/database';
import { origin } from '#support/listening';
import { elsewhere } from '#support/other-process';
import { until } from '#support/settled';

/** Stands between this process and its database, and can cut the way. */
const target = new URL(databaseUrl);
const sockets = new Set<Socket>();
let isOpen = true;
const between = createServer((near) => {
  const far = createConnection(`${target.searchParams.get('host')}/.s.PGSQL.${target.port || 5432}`);
  if (!isOpen) near.destroy();
  for (const socket of [near, far]) {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      near.destroy();
      far.destroy();
    });
  }
  near.pipe(far).pipe(near);
});
between.listen(0, '127.0.0.1');
await once(between, 'listening');
const { port } = between.address() as { port: number };
const byWay = `postgres://clientele@127.0.0.1:${port}${target.pathname}`;
const stop = hearChanges(byWay);
const pool = connect(byWay, { max: 2 });
const near = wrap(pool);
afterAll(async () => {
  await stop();
  await pool.end({ timeout: 1 });
  between.close();
  for (const socket of sockets) socket.destroy();
});

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
const texts = { en: { title: 'Orders', description: 'Read orders.' } };
let count = 0;
const make = () => createScope(operator, { name: `heard:${++count}`, texts, advertised: true });
const advertisedAt = async (server: string): Promise<string[]> =>
  (await (await fetch(`${server}/.well-known/oauth-authorization-server`)).json()).scopes_supported;

/** How long it takes until `there` holds, in milliseconds. */
async function timeUntil(there: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  await until(there);
  return performance.now() - began;
}

/** Counts how often a topic is read. */
async function readsOf(work: () => Promise<void>): Promise<number> {
  let reads = 0;
  const read = async () => ++reads;
  for (const end = performance.now() + 1500; performance.now() < end; await nextTurn()) {
    await readConfigured('resources', near, read);
    await work();
  }
  return reads;
}

const listeners = async () =>
  (
    await db.execute<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and query ~ '^listen|pg_listening_channels' and query !~ 'pg_stat_activity'`,
    )
  ).map(({ pid }) => pid);

describe('what the operator changes', () => {
  test('is seen in another process at once', async () => {
    await advertisedAt(elsewhere);
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const { name } = await make();
      times.push(await timeUntil(async () => (await advertisedAt(elsewhere)).includes(name)));
      expect(await advertisedAt(origin)).toContain(name);
    }
    // Of several, because a busy machine delays one.
    expect(Math.min(...times)).toBeLessThan(100);
    expect(Math.max(...times)).toBeLessThan(1000);
  });

  test('is read once and not again while nothing changes', async () => {
    await until(async () => (await listeners()).length >= 2);
    expect(await readsOf(async () => undefined)).toBeLessThanOrEqual(2);
  });

  test('is not seen by anybody while its transaction is open, nor after it is rolled back', async () => {
    const name = 'heard:never';
    await inTransaction(operator, async (tx) => {
      await createScope(tx, { name, texts, advertised: true });
      expect((await listScopes(tx.db)).map((one) => one.name)).toContain(name);
      expect((await listScopes(db)).map((one) => one.name)).not.toContain(name);
      expect(await advertisedAt(elsewhere)).not.toContain(name);
      throw new Error('rolled back');
    }).catch(() => undefined);
    expect((await listScopes(db)).map((one) => one.name)).not.toContain(name);
  });

  test('is seen within a second while nobody hears of it, and at once again afterwards', async () => {
    const { name } = await make();
    await until(async () => (await advertisedAt(elsewhere)).includes(name));
    const pids = await listeners();
    expect(pids.length).toBeGreaterThanOrEqual(2);
    for (const pid of pids) await db.execute(`select pg_terminate_backend(${pid})`);
    await updateScope(operator, name, { advertised: false });
    expect(await timeUntil(async () => !(await advertisedAt(elsewhere)).includes(name))).toBeLessThan(1500);
    await until(async () => (await listeners()).filter((pid) => !pids.includes(pid)).length >= 2);
    await updateScope(operator, name, { advertised: true });
    expect(await timeUntil(async () => (await advertisedAt(elsewhere)).includes(name))).toBeLessThan(1000);
  });
});

test('with the database away a process asks for it once a second at most, fails then, and recovers', async () => {
  await createResource(operator, { uri: 'https://heard.example', name: 'API', scopes: ['files:read'] });
  expect((await listScopeResources(near)).map(({ uri }) => uri)).toContain('https://heard.example');
  isOpen = false;
  for (const socket of sockets) socket.destroy();
  expect(await readsOf(async () => undefined)).toBeLessThanOrEqual(4);
  await until(async () =>
    listScopes(near).then(
      () => false,
      () => true,
    ),
  );
  isOpen = true;
  await until(async () =>
    listScopes(near).then(
      () => true,
      () => false,
    ),
  );
});
