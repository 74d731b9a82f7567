import { connect, type Db, wrap } from '#db/client';
import { env } from './env.ts';
import { once } from './once.ts';

export { isUnavailable } from '#db/client';

function pool() {
  const { databaseUrl, databasePoolSize, statementTimeoutMs } = env();
  if (!databaseUrl) throw new Error('DATABASE_URL was not set before the database was used.');
  return connect(databaseUrl, { max: databasePoolSize, statementTimeoutMs });
}

const sql = () => once('sql', pool);

/** The connection pool of this process, wrapped by Drizzle. */
export const database = (): Db => once('database', () => wrap(sql(), env().statementTimeoutMs + 500));

/** Runs `work` on a connection of its own without a time limit, for statements that rewrite many rows. */
export async function withoutTimeLimit<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const { databaseUrl } = env();
  if (!databaseUrl) throw new Error('DATABASE_URL was not set before the database was asked for.');
  const own = connect(databaseUrl, { max: 1, statementTimeoutMs: 0 });
  try {
    return await work(wrap(own));
  } finally {
    await own.end({ timeout: 1 });
  }
}

/** Closes every connection; running queries have 5 seconds to end. */
export const closeDatabase = (): Promise<void> => sql().end({ timeout: 5 });
