import type { Db } from '#db/client';
import type { Actor, Provenance } from './actor.ts';

/** Who acts, by which channel, in which request; `db` is the pool or, inside `inTransaction`, the transaction. */
export type Context = {
  db: Db;
  actor: Actor;
  channel: Provenance | 'command_line';
  requestId: string;
  /** The caller's network as rate limits count it: an IPv4 address or an IPv6 /64. */
  network: string;
  /** Inside a transaction: what is done once it is committed, on the pool. It must not fail. */
  afterCommit?: ((db: Db) => Promise<void>)[];
};

/** Runs `work` in one transaction: a write, its audit row and what follows from it stand or fall together. */
export async function inTransaction<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  if (ctx.afterCommit) return ctx.db.transaction((tx) => work({ ...ctx, db: tx }));
  const afterCommit: NonNullable<Context['afterCommit']> = [];
  const result = await ctx.db.transaction((tx) => work({ ...ctx, db: tx, afterCommit }));
  await Promise.all(afterCommit.map((job) => job(ctx.db)));
  return result;
}
