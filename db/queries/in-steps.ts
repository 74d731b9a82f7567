import { inArray, is, lte } from 'drizzle-orm';
import { type PgColumn, type PgTable, PgTransaction } from 'drizzle-orm/pg-core';
import type { Db } from '../client.ts';
import { isTimedOut } from '../unavailable.ts';

/** The maximum number of rows that one statement deletes or updates. */
export const atOnce = 10_000;
const firstStep = 1000;
/** A quicker step is doubled, a slower one is halved; far below the statement timeout. */
const quickMs = 200;
const slowMs = 600;
/** How often a step of one row is tried before its error is thrown. */
const triesMax = 5;

/**
 * Repeats a statement until it finds fewer rows than `limit`. The statement deletes at most `limit` rows, or updates them so that it does not
 * find them again. Step sizes follow the time that steps take; a step that times out is halved and tried again. Returns the number of rows.
 */
export async function inSteps(
  db: Db,
  some: (db: Db, limit: number) => PromiseLike<{ count: number }>,
): Promise<number> {
  let limit = firstStep;
  let tries = 0;
  for (let done = 0; ; ) {
    const began = performance.now();
    const last = limit === 1 && ++tries === triesMax;
    const step = last ? await some(db, 1) : await unlessGivenUp(db, (step) => some(step, limit));
    const took = performance.now() - began;
    if (step) done += step.count;
    if (step && step.count < limit) return done;
    if (step) tries = 0;
    if (!step || took > slowMs) limit = Math.ceil(limit / 2);
    else if (took < quickMs) limit = Math.min(limit * 2, atOnce);
  }
}

/** Deletes the rows whose `at` is not after `moment`, oldest first; locked rows are left for the next run. Returns the count. */
export function deletePast(
  db: Db,
  table: PgTable,
  { key, at, moment }: { key: PgColumn; at: PgColumn; moment: Date },
): Promise<number> {
  return inSteps(db, (db, limit) => {
    const past = db
      .select({ key })
      .from(table)
      .where(lte(at, moment))
      .orderBy(at)
      .limit(limit)
      .for('update', { skipLocked: true });
    return db.delete(table).where(inArray(key, past));
  });
}

/** Repeats a query that times out, because each try finds more of the rows in memory. Returns undefined if every try times out. */
export async function withRetries<T>(db: Db, ask: (db: Db) => PromiseLike<T>): Promise<{ is: T } | undefined> {
  for (let tries = 0; tries < triesMax; tries++) {
    const answer = await unlessGivenUp(db, async (within) => ({ is: await ask(within) }));
    if (answer) return answer;
  }
  return undefined;
}

/** Returns undefined if a statement of `work` times out; a savepoint lets the transaction continue. */
async function unlessGivenUp<T>(db: Db, work: (db: Db) => PromiseLike<T>): Promise<T | undefined> {
  try {
    return await (is(db, PgTransaction) ? db.transaction(async (savepoint) => work(savepoint)) : work(db));
  } catch (error) {
    if (!isTimedOut(error)) throw error;
    return undefined;
  }
}
