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

  test('an application role of its own reads and writes, but owns nothing and cannot change the history', async () => {
    const role = `app_${randomUUID().slice(0, 8)}`;
    await admin.unsafe(`create role "${role}" login`);
    const appUrl = url.replace('clientele@', `${role}@`);
    await migrateDatabase(url, appUrl);
    const appPool = connect(appUrl, { max: 1 });
    const app = wrap(appPool);
    expect(await pendingMigrations(app)).toEqual([]);
    await app.execute(sql`insert into organizations (name, external_id) values ('Acme', '0123456789abcdef01234567')`);
    expect(await app.execute(sql`select count(*)::int as n from audit_events`)).toHaveLength(1);
    for (const forbidden of [
      sql`update audit_events set action = 'a.b'`,
      sql`delete from audit_events`,
      sql`truncate audit_events`,
      sql`drop table audit_events`,
      sql`alter table audit_events disable trigger all`,
    ])
      await expect(app.execute(forbidden)).rejects.toMatchObject({ cause: { code: '42501' } });
    await appPool.end();
  });
});
