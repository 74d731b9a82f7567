import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Db, isUnavailable, wrap } from '#db/client';
import { type Embedded, startEmbedded } from '#db/embedded/embedded';
import { removeData } from '#support/remove-data';

const folder = mkdtempSync(join(tmpdir(), 'clientele-lost-'));
let server: Embedded;
let pool: ReturnType<typeof connect>;
let db: Db;
beforeAll(async () => {
  server = await startEmbedded(folder);
  pool = connect(server.url, { max: 2 });
  db = wrap(pool);
  await db.execute(sql`select 1`);
});
afterAll(async () => {
  await pool.end({ timeout: 1 });
  await server.stop();
  removeData(folder);
});

/** What became of the query, and after how long. */
async function outcome(query: Promise<unknown>) {
  const began = performance.now();
  const error = await query.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return {
    ok: error === undefined,
    unavailable: error !== undefined && isUnavailable(error),
    ms: performance.now() - began,
  };
}

function signalAll(signal: NodeJS.Signals): void {
  const children = execFileSync('pgrep', ['-P', String(server.pid())], { encoding: 'utf8' });
  for (const pid of [server.pid(), ...children.trim().split('\n').map(Number)]) process.kill(pid, signal);
}

const question = () => db.execute(sql`select 1`);
/** A transaction in which `during` happens between two queries. */
const transaction = (during: () => unknown) =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select 1`);
    await during();
    await tx.execute(sql`select 2`);
  });

describe('a database that is', () => {
  test('slow: the statement is cancelled early, and the next one is answered', async () => {
    const slow = await outcome(db.execute(sql`select pg_sleep(30)`));
    expect(slow).toMatchObject({ ok: false, unavailable: true });
    expect(slow.ms).toBeLessThan(15_000);
    expect(await outcome(question())).toMatchObject({ ok: true });
  });

  test('frozen: queries and transactions fail within seconds, and work again once it thaws', async () => {
    const frozen = Promise.withResolvers<void>();
    const freeze = () => {
      signalAll('SIGSTOP');
      frozen.resolve();
    };
    const results = await Promise.all([outcome(transaction(freeze)), frozen.promise.then(() => outcome(question()))]);
    signalAll('SIGCONT');
    for (const result of results) {
      expect(result).toMatchObject({ ok: false, unavailable: true });
      expect(result.ms).toBeLessThan(15_000);
    }
    expect(await outcome(question())).toMatchObject({ ok: true });
  });

  test('crowded: a request without a connection fails in time', async () => {
    const all = Array.from({ length: 40 }, () => outcome(db.execute(sql`select pg_sleep(0.4)`)));
    const results = await Promise.all(all);
    expect(results.some(({ ok }) => ok)).toBe(true);
    expect(results.filter(({ ok, unavailable }) => ok || unavailable)).toHaveLength(40);
    expect(results.some(({ ok }) => !ok)).toBe(true);
  });

  test('killed in the middle of transactions: they fail, this process lives, PostgreSQL comes back, and no stray error follows', async () => {
    const died = Promise.withResolvers<void>();
    const began = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const lost = began.map((one) =>
      outcome(
        transaction(() => {
          one.resolve();
          return died.promise;
        }),
      ),
    );
    await Promise.all(began.map(({ promise }) => promise));
    signalAll('SIGKILL');
    died.resolve();
    for (const result of await Promise.all(lost)) expect(result).toMatchObject({ ok: false, unavailable: true });
    while (!(await outcome(question())).ok) await pause(50);
    for (let i = 0; i < 20; i++) expect(await outcome(question())).toMatchObject({ ok: true });
  });
});
