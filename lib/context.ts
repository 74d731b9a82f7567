import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '#db/client';
import type { Actor } from './actor.ts';
import type { Provenance } from './clients/client.ts';

/** Who acts, by which channel, in which request; `db` is the pool or, inside `inTransaction`, the transaction. */
export type Context = {
  db: Db;
  actor: Actor;
  channel: Provenance | 'command_line';
  requestId: string;
  /** The caller's network as rate limits count it: an IPv4 address or an IPv6 /64. */
  network: string;
  /** Inside a transaction: what is done once it is committed, on the pool. */
  afterCommit?: ((db: Db) => Promise<unknown>)[];
};

/** How long a caller waits for what is done after the commit. The rest goes on without it, and what fails is left to the sweep. */
const afterCommitMs = 2000;

/** Runs `work` in one transaction: a write, its audit row and what follows from it stand or fall together. */
export async function inTransaction<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  if (ctx.afterCommit) return ctx.db.transaction((tx) => work({ ...ctx, db: tx }));
  const afterCommit: NonNullable<Context['afterCommit']> = [];
  const result = await ctx.db.transaction((tx) => work({ ...ctx, db: tx, afterCommit }));
  if (afterCommit.length > 0) {
    const done = Promise.allSettled(afterCommit.map((job) => job(ctx.db)));
    await Promise.race([done, pause(afterCommitMs, undefined, { ref: false })]);
  }
  return result;
}
