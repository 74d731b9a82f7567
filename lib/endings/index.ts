import { clearWithinSeconds, countEnding, type Ending, insertEnding } from '#db/queries/endings';
import type { Context } from '#lib/kernel/context';

/**
 * Ends artifacts inside the caller's transaction: no lookup finds them from its commit on, and they are deleted behind it. Returns how many they
 * are (with `liveAt` those that were good then), for the history; undefined when they are too many to count in time.
 */
export async function endAccess(tx: Context, ending: Ending, liveAt?: Date): Promise<number | undefined> {
  const count = await countEnding(tx.db, ending, liveAt);
  if (count !== 0 || liveAt) clearLater(tx, [await insertEnding(tx.db, ending)]);
  return count;
}

/** Deletes what these endings name once the caller's transaction is committed. */
export function clearLater(tx: Context, endingIds: readonly number[]): void {
  if (!tx.afterCommit) throw new Error('access ends inside a transaction');
  if (endingIds.length > 0) tx.afterCommit.push((db) => clearWithinSeconds(db, endingIds));
}
