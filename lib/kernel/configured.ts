import type { Db } from '#db/client';
import { listen } from '#db/listener';
import { insertNotice, noticeChannel } from '#db/queries/notices';
import type { Context } from './context.ts';
import { env } from './env.ts';
import { once } from './once.ts';

/** What the operator configures: each topic is one value that a process reads whole and caches. Nothing that a revocation ends is one. */
export type Topic = 'scopes' | 'resources';

type Cached = { value: Promise<unknown>; readAt: number };
type State = { cached: Map<Topic, Cached>; heardAt: number };

/** How old a value may be while this process hears no notices, and how long the last sign of the listening connection counts. */
const staleMs = 1000;

const state = () => once<State>('configured', () => ({ cached: new Map(), heardAt: Number.NEGATIVE_INFINITY }));

/**
 * Returns a topic's value, from the cache of this process while it hears of every change. `db` reads it otherwise; what a transaction
 * reads is not cached, because it may hold changes that are never committed.
 */
export function readConfigured<T>(topic: Topic, db: Db, read: (db: Db) => PromiseLike<T>): Promise<T> {
  const { cached, heardAt } = state();
  const now = performance.now();
  const known = cached.get(topic);
  if (known && Math.max(heardAt, known.readAt) > now - staleMs) return known.value as Promise<T>;
  // A query of Drizzle runs again each time that it is awaited.
  const value = Promise.resolve(read(db));
  if ('rollback' in db) return value;
  const kept = { value, readAt: now };
  cached.set(topic, kept);
  value.catch(() => {
    if (cached.get(topic) === kept) cached.delete(topic);
  });
  return value;
}

/** Makes every process read a topic again once the transaction of `tx` commits. */
export async function announceChange(tx: Context, topic: Topic): Promise<void> {
  await insertNotice(tx.db, topic);
  tx.afterCommit?.push(async () => forgetConfigured(topic));
}

/** Makes this process read a topic again. */
export function forgetConfigured(topic: Topic): void {
  state().cached.delete(topic);
}

/** Starts to hear of changes by other processes. Returns a function that ends it. @throws Error: DATABASE_URL is not set */
export function hearChanges(databaseUrl = env().databaseUrl): () => Promise<void> {
  if (!databaseUrl) throw new Error('DATABASE_URL was not set before changes were listened for.');
  const now = state();
  return listen(databaseUrl, noticeChannel, {
    onListening: () => now.cached.clear(),
    onNotice: (topic) => now.cached.delete(topic as Topic),
    onAlive: (askedAt) => {
      now.heardAt = askedAt;
    },
  });
}
