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
};

/** Runs `work` in one transaction: a write, its audit row and what follows from it stand or fall together. */
export function inTransaction<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  return ctx.db.transaction((tx) => work({ ...ctx, db: tx }));
}
