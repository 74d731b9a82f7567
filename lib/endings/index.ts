import { clearWithinSeconds, countEnding, type Ending, insertEnding } from '#db/queries/endings';
import type { Context } from '#lib/kernel/context';

/**
 * Ends artifacts in the caller's transaction: after the commit no lookup finds them, and then their rows are deleted. Returns their count for
 * the audit row (with `liveAt`, only the artifacts that are valid at that time); undefined if there are too many to count in time.
 */
export async function endAccess(tx: Context, ending: Ending, liveAt?: Date): Promise<number | undefined> {
  const count = await countEnding(tx.db, ending, liveAt);
  if (count !== 0 || liveAt) clearAfterCommit(tx, [await insertEnding(tx.db, ending)]);
  return count;
}

/** Deletes the artifacts of these endings after the caller's transaction commits. */
export function clearAfterCommit(tx: Context, endingIds: readonly number[]): void {
  if (!tx.afterCommit) throw new Error('access can end only inside a transaction');
  if (endingIds.length > 0) tx.afterCommit.push((db) => clearWithinSeconds(db, endingIds));
}
