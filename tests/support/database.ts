import { afterAll, inject } from 'vitest';
import { connect, wrap } from '#db/client';

const server = inject('database');
const name = `worker_${process.env.VITEST_POOL_ID}_${process.pid}`;
const admin = connect(server, { max: 1, statementTimeoutMs: 0 });
await admin.unsafe(`create database "${name}" template template_clientele`);
await admin.end();

/** This file's own database, a copy of the migrated template. */
export const databaseUrl = server.replace('/postgres?', `/${name}?`);
process.env.DATABASE_URL = databaseUrl;
// No statement timeout here; a test about it opens its own pool.
process.env.DATABASE_STATEMENT_TIMEOUT = '60000';

const sql = connect(databaseUrl, { max: 4, statementTimeoutMs: 60_000 });
export const db = wrap(sql, 60_000);

afterAll(() => sql.end());
