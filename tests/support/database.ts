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

// Tests are not about the time that a statement has, except those that open a pool with that limit themselves.
const sql = connect(databaseUrl, { max: 4, statementTimeoutMs: 60_000 });
export const db = wrap(sql);

afterAll(() => sql.end());
