import { connect, type Db, wrap } from '#db/client';
import { env } from './env.ts';
import { once } from './once.ts';

export { isUnavailable } from '#db/unavailable';

function pool() {
  const { databaseUrl, databasePoolSize, statementTimeoutMs } = env();
  if (!databaseUrl) throw new Error('DATABASE_URL was not set before the database was asked for.');
  return connect(databaseUrl, { max: databasePoolSize, statementTimeoutMs });
}

const sql = () => once('sql', pool);

/** The process's one pool, as Drizzle (which keeps its postgres.js client to itself). */
export const database = (): Db => once('database', () => wrap(sql(), env().statementTimeoutMs + 500));

/** Lets running queries end and closes every connection. */
export const closeDatabase = (): Promise<void> => sql().end({ timeout: 5 });
