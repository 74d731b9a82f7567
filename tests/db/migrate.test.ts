import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { connect, wrap } from '#db/client';
import { migrateDatabase, pendingMigrations } from '#db/migrate';

const name = `worker_empty_${randomUUID().slice(0, 8)}`;
const server = inject('database');
const url = server.replace('/postgres?', `/${name}?`);
const admin = connect(server, { max: 1, statementTimeoutMs: 0 });
await admin.unsafe(`create database "${name}"`);
const pool = connect(url, { max: 2 });
const db = wrap(pool);
afterAll(async () => {
  await pool.end();
  await admin.end();
});

describe('migrations', () => {
  test('all are pending on an empty database; starts at the same moment apply each once; then none is', async () => {
    const all = await pendingMigrations(db);
    expect(all[0]).toBe('0000_foundation');
    await Promise.all([1, 2, 3].map(() => migrateDatabase(url)));
    expect(await pendingMigrations(db)).toEqual([]);
    const [row] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
    );
    expect(row?.count).toBe(all.length);
  });
});
