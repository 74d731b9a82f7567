import { inArray, is, lte } from 'drizzle-orm';
import { type PgColumn, type PgTable, PgTransaction } from 'drizzle-orm/pg-core';
import type { Db } from '../client.ts';
import { isTimedOut } from '../unavailable.ts';

/** The most rows that one statement deletes or changes, however quick the disk is. */
export const atOnce = 10_000;
const firstStep = 1000;
/** A step that takes less is doubled, and one that takes more is halved: far below the time after which the server gives a statement up. */
const quickMs = 200;
const slowMs = 600;
/** How often one row is tried before its error is thrown. */
const triesMax = 5;

/**
 * Repeats a statement that deletes at most `limit` rows, or changes them so that it does not find them again, until it finds fewer. The steps
 * are sized by the time that they take; one that the server gives up is halved and tried again. Returns how many rows there were in all.
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

/** Deletes the rows whose time `at` has come by `moment`, oldest first; rows that somebody holds are left for the next run. Returns the count. */
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

/** Asks again while the server gives the question up: each try finds more of the rows in memory. Undefined when it is given up every time. */
export async function withRetries<T>(db: Db, ask: (db: Db) => PromiseLike<T>): Promise<{ is: T } | undefined> {
  for (let tries = 0; tries < triesMax; tries++) {
    const answer = await unlessGivenUp(db, async (within) => ({ is: await ask(within) }));
    if (answer) return answer;
  }
  return undefined;
}

/** Undefined when the server gives a statement of `work` up; a transaction then goes on as if that had not been tried. */
async function unlessGivenUp<T>(db: Db, work: (db: Db) => PromiseLike<T>): Promise<T | undefined> {
  try {
    return await (is(db, PgTransaction) ? db.transaction(async (savepoint) => work(savepoint)) : work(db));
  } catch (error) {
    if (!isTimedOut(error)) throw error;
    return undefined;
  }
}
