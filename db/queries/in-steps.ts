import { inArray, is, lte } from 'drizzle-orm';
import { type PgColumn, type PgTable, PgTransaction } from 'drizzle-orm/pg-core';
import type { Db } from '../client.ts';
import { isTimedOut } from '../client.ts';

/** The maximum number of rows that one statement deletes or updates. */
export const rowsPerStatementMax = 10_000;
const firstStep = 1000;
/** After a quicker step, the next one is twice as large; after a slower step, half as large. Both are far below the statement timeout. */
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
  runStep: (db: Db, limit: number) => PromiseLike<{ count: number }>,
): Promise<number> {
  let limit = firstStep;
  let tries = 0;
  for (let done = 0; ; ) {
    const began = performance.now();
    const isLastTry = limit === 1 && ++tries === triesMax;
    const step = isLastTry ? await runStep(db, 1) : await unlessTimedOut(db, (inner) => runStep(inner, limit));
    const took = performance.now() - began;
    if (step) done += step.count;
    if (step && step.count < limit) return done;
    if (step) tries = 0;
    if (!step || took > slowMs) limit = Math.ceil(limit / 2);
    else if (took < quickMs) limit = Math.min(limit * 2, rowsPerStatementMax);
  }
}

/** Deletes the rows whose `at` is not after `moment`, oldest first. Locked rows stay for the next run. Returns the count. */
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
export async function withRetries<T>(db: Db, query: (db: Db) => PromiseLike<T>): Promise<{ is: T } | undefined> {
  for (let tries = 0; tries < triesMax; tries++) {
    const result = await unlessTimedOut(db, async (inner) => ({ is: await query(inner) }));
    if (result) return result;
  }
  return undefined;
}

/** Returns undefined if a statement of `work` times out; a savepoint lets the transaction continue. */
async function unlessTimedOut<T>(db: Db, work: (db: Db) => PromiseLike<T>): Promise<T | undefined> {
  try {
    return await (is(db, PgTransaction) ? db.transaction(async (savepoint) => work(savepoint)) : work(db));
  } catch (error) {
    if (!isTimedOut(error)) throw error;
    return undefined;
  }
}
