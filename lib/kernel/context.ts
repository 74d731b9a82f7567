import type { Db } from '#db/client';
import type { Actor, Provenance } from './actor.ts';
import { RegistryError } from './errors.ts';

/** The actor, the channel and the request. `db` is the pool or, inside `inTransaction`, the transaction. */
export type Context = {
  db: Db;
  actor: Actor;
  channel: Provenance | 'command_line';
  requestId: string;
  /** The caller's network as rate limits count it: an IPv4 address or an IPv6 /64. */
  network: string;
  /** Authenticates the same credential again; absent for an actor without one. */
  reauthenticate?: ((db: Db) => Promise<Actor | undefined>) | undefined;
  /** Set inside a transaction: jobs to run on the pool after the commit. They must not fail. */
  afterCommit?: ((db: Db) => Promise<void>)[];
};

/**
 * Runs `work` in one transaction, so that a write and its audit row are committed together. Inside a transaction it opens a savepoint.
 * First it authenticates the actor again: the credential or a role may have ended since the request began, because the body may arrive slowly
 * and a verb may fetch a document from another server before it writes.
 *
 * @throws unauthenticated: the credential has ended
 */
export async function inTransaction<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  if (ctx.afterCommit) return ctx.db.transaction((tx) => work({ ...ctx, db: tx }));
  const afterCommit: NonNullable<Context['afterCommit']> = [];
  const result = await ctx.db.transaction(async (tx) =>
    work({ ...ctx, actor: await currentActor(ctx, tx), db: tx, afterCommit }),
  );
  await Promise.all(afterCommit.map((job) => job(ctx.db)));
  return result;
}

async function currentActor({ actor, reauthenticate }: Context, db: Db): Promise<Actor> {
  if (!reauthenticate) return actor;
  const current = await reauthenticate(db);
  if (current) return current;
  throw new RegistryError('unauthenticated', 'The session or the token ended before this was done.');
}
