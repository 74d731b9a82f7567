import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect as open, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connect, isUnavailable, wrap } from '#db/client';
import { anAuthority } from '#support/certificate';
import { databaseUrl } from '#support/database';

const target = new URL(databaseUrl);
const path = `${target.searchParams.get('host')}/.s.PGSQL.${target.port || 5432}`;
const own = { user: target.username, database: target.pathname.slice(1) };

/** postgres.js by itself, and the sockets that it has opened. */
function alone({ max = 1 } = {}) {
  const sockets: Socket[] = [];
  const socket = () => {
    const opened = open({ path });
    sockets.push(opened);
    return opened;
  };
  const pool = postgres({ ...own, max, connect_timeout: 2, socket } as postgres.Options<Record<string, never>>);
  onTestFinished(() => void pool.end({ timeout: 0 }));
  return { pool, sockets };
}

/** This project's pool, and the sockets that it has opened. */
function protectedPool({ max = 1, statementTimeoutMs = 500, waitMs = 300 } = {}) {
  const pool = connect(databaseUrl, { max, statementTimeoutMs });
  const { options } = pool;
  const { socket: openOurs } = options as unknown as { socket: () => Socket };
  const sockets: Socket[] = [];
  const socket = () => {
    const opened = openOurs();
    sockets.push(opened);
    return opened;
  };
  Object.assign(options, { socket });
  onTestFinished(() => void pool.end({ timeout: 0 }));
  return { db: wrap(pool, waitMs), sockets };
}

function codeOf(error: unknown): unknown {
  const { code, cause } = error as { code?: string; cause?: unknown };
  return code ?? (cause ? codeOf(cause) : error);
}
const outcome = (query: PromiseLike<unknown>) => Promise.resolve(query).then(() => 'answered', codeOf);
/** What a query comes to by a deadline. */
const within = (ms: number, query: PromiseLike<unknown>) =>
  Promise.race([outcome(query), once(AbortSignal.timeout(ms), 'abort').then(() => 'no answer')]);

/**
 * Loses all connections at once. `ask` runs when the first is closed and the others are not yet known to be, so one of them
 * gets the question and never sends it.
 */
async function loseAll(sockets: Socket[], ask: () => PromiseLike<unknown>) {
  let asked: Promise<unknown> | undefined;
  const closed = sockets.map((socket) => once(socket, 'close'));
  for (const socket of sockets)
    socket.once('close', () => {
      asked ??= outcome(ask());
    });
  for (const socket of sockets) socket.destroy();
  await Promise.all(closed);
  return asked;
}

/** A transaction whose connection is lost while it works; what the work gets for a statement after that. */
async function loseInside<T>(
  begin: (work: (ask: () => PromiseLike<unknown>) => Promise<void>) => PromiseLike<T>,
  question: { inside: (ask: () => PromiseLike<unknown>) => PromiseLike<unknown>; next: () => PromiseLike<unknown> },
  sockets: Socket[],
) {
  const [began, reconnected, late] = [0, 0, 0].map(() => Promise.withResolvers<unknown>());
  const result = outcome(
    begin(async (ask) => {
      await ask();
      began?.resolve(undefined);
      await reconnected?.promise;
      late?.resolve(within(2000, question.inside(ask)));
    }),
  );
  await began?.promise;
  sockets.at(-1)?.destroy();
  const transaction = await result;
  const next = await within(5000, question.next());
  reconnected?.resolve(undefined);
  return { transaction, next, late: await late?.promise };
}

describe('postgres.js by itself (if one of these fails, db/client.ts can lose a part)', () => {
  test('lets a query wait for a connection without a limit', async () => {
    const { pool } = alone();
    const slow = pool.unsafe('select pg_sleep(1)').execute();
    expect(await within(600, pool.unsafe('select 1'))).toBe('no answer');
    await slow;
  });

  test('uses a lost connection again, with its unsent bytes', async () => {
    const { pool, sockets } = alone({ max: 2 });
    await Promise.all([pool.unsafe('select pg_sleep(0.1)'), pool.unsafe('select pg_sleep(0.1)')]);
    expect(await loseAll(sockets, () => pool.unsafe('select 1'))).toBe('CONNECTION_CLOSED');
    const next = await Promise.all([within(1000, pool.unsafe('select 2')), within(1000, pool.unsafe('select 3'))]);
    expect(next.sort()).toEqual(['answered', 'no answer']);
  });

  test('runs a statement of a lost transaction in the next session, outside a transaction', async () => {
    const { pool, sockets } = alone();
    const found = await loseInside(
      (work) => pool.begin((tx) => work(() => tx.unsafe('select 1'))),
      { inside: (ask) => ask(), next: () => pool.unsafe('select 2') },
      sockets,
    );
    expect(found).toEqual({ transaction: 'CONNECTION_CLOSED', next: 'answered', late: 'answered' });
  });

  test('ends the process by the ROLLBACK of a lost transaction', () => {
    const script = `
      import { connect } from 'node:net';
      import postgres from 'postgres';
      let socket;
      const open = () => (socket = connect(${JSON.stringify(path)}));
      const pool = postgres({ ...${JSON.stringify(own)}, max: 1, socket: open });
      await pool.begin(async (tx) => {
        await tx.unsafe('select 1');
        socket.destroy();
        await new Promise((resolve) => socket.once('close', resolve));
        throw new Error('of the work');
      }).catch(() => undefined);
      setTimeout(() => process.exit(0), 500);`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('TypeError');
  });

  test('waits without a limit for an answer', async () => {
    const { pool } = alone();
    expect(await within(1000, pool.unsafe('select pg_sleep(3)'))).toBe('no answer');
  });

  test('cannot read an IPv6 address in a URL', async () => {
    expect(await outcome(postgres('postgres://x@[::1]:1/x', { max: 1 }).unsafe('select 1'))).toBe('ENOTFOUND');
  });

  test('does not know the folder of a unix socket in a URL', () => {
    expect(postgres('postgres://x@localhost/x?host=/folder').options).toMatchObject({
      path: false,
      connection: { host: '/folder' },
    });
  });
});

describe('the pool of this project', () => {
  test('refuses a query that gets no connection in time', async () => {
    const { db } = protectedPool({ statementTimeoutMs: 5000 });
    const slow = outcome(db.execute(sql`select pg_sleep(1)`));
    expect(await within(900, db.execute(sql`select 1`))).toBe('POOL_BUSY');
    expect(await slow).toBe('answered');
  });

  test('answers after lost connections with unsent bytes, and reads values as before', async () => {
    const { db, sockets } = protectedPool({ max: 2, statementTimeoutMs: 5000, waitMs: 5000 });
    const read = async () =>
      (await db.execute<{ at: unknown }>(sql`select '2026-01-02 03:04:05'::timestamp as at`))[0]?.at;
    const before = await read();
    await Promise.all([db.execute(sql`select pg_sleep(0.1)`), db.execute(sql`select pg_sleep(0.1)`)]);
    expect(sockets).toHaveLength(2);
    expect(await loseAll(sockets, () => db.execute(sql`select 1`))).toBe('CONNECTION_CLOSED');
    const next = await Promise.all([1, 2, 3, 4].map(() => within(5000, db.execute(sql`select 2`))));
    expect(new Set(next)).toEqual(new Set(['answered']));
    expect(await read()).toBe(before);
    expect(before).toBe('2026-01-02 03:04:05');
  });

  test('runs nothing of a transaction whose connection is lost, and lives', async () => {
    const { db, sockets } = protectedPool({ statementTimeoutMs: 5000, waitMs: 5000 });
    const found = await loseInside(
      (work) => db.transaction((tx) => work(() => tx.execute(sql`select 1`))),
      { inside: (ask) => ask(), next: () => db.execute(sql`select 2`) },
      sockets,
    );
    expect(found).toEqual({ transaction: 'CONNECTION_CLOSED', next: 'answered', late: 'CONNECTION_CLOSED' });
  });

  test('nor of a savepoint in it', async () => {
    const { db, sockets } = protectedPool({ statementTimeoutMs: 5000, waitMs: 5000 });
    const found = await loseInside(
      (work) => db.transaction((tx) => tx.transaction((inner) => work(() => inner.execute(sql`select 1`)))),
      { inside: (ask) => ask(), next: () => db.execute(sql`select 2`) },
      sockets,
    );
    expect(found).toEqual({ transaction: 'CONNECTION_CLOSED', next: 'answered', late: 'CONNECTION_CLOSED' });
  });

  test('gives up a server that does not answer, and answers the next query', async () => {
    const { db } = protectedPool({ waitMs: 5000 });
    await db.execute(sql`set statement_timeout = 0`);
    const silent = await db.execute(sql`select pg_sleep(60)`).catch((error: unknown) => error);
    expect(codeOf(silent)).toBe('SILENT');
    expect(isUnavailable(silent)).toBe(true);
    expect(await outcome(db.execute(sql`select 1`))).toBe('answered');
  });

  test.each([0, 1500])('connects to an IPv6 address, with a statement timeout of %d', async (statementTimeoutMs) => {
    const pool = connect('postgres://x@[::1]:1/x', { max: 1, statementTimeoutMs });
    expect(await outcome(pool.unsafe('select 1'))).toMatch(/^(ECONNREFUSED|EADDRNOTAVAIL|ENETUNREACH)$/);
  });

  test.each([0, 1500])('names the server in TLS, with a statement timeout of %d', async (statementTimeoutMs) => {
    const named = Promise.withResolvers<string>();
    const certificate = anAuthority().issue('localhost');
    const server = createServer((plain) => {
      plain.on('error', () => undefined);
      // The client asks for TLS by the first message; S accepts.
      plain.once('data', () => {
        plain.write('S');
        const refuse = (name: string) => {
          named.resolve(name);
          plain.destroy();
        };
        const secure = new TLSSocket(plain, { isServer: true, ...certificate, SNICallback: refuse });
        secure.on('error', () => undefined);
      });
    });
    server.listen(0);
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const pool = connect(`postgres://x@localhost:${port}/x?sslmode=require`, { max: 1, statementTimeoutMs });
    const refused = outcome(pool.unsafe('select 1'));
    expect(await named.promise).toBe('localhost');
    expect(await refused).not.toBe('answered');
  });
});
