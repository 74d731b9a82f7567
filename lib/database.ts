import { connect, type Db, wrap } from '#db/client';
import { env } from './env.ts';
import { once } from './once.ts';

/** The process's one pool, as Drizzle (which keeps its postgres.js client to itself). */
export const database = (): Db => once('database', () => wrap(connect(env().databaseUrl)));

export { isUnavailable } from '#db/unavailable';
