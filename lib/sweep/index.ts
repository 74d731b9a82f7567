import type { Db } from '#db/client';
import { deleteExpiredArtifacts } from '#db/queries/artifacts';
import { clearEndings } from '#db/queries/endings';
import { deleteOldRateLimits } from '#db/queries/rate-limits';
import { deleteExpiredReveals } from '#db/queries/tokens';
import { deleteOldAnswers } from '#lib/idempotency/index';
import { runInBackground } from '#lib/kernel/background';
import { database } from '#lib/kernel/database';
import { deleteOldRefusals } from '#lib/refusals/index';
import { removeUnusedRegistrations } from '#lib/registrations/index';

const deletions = [
  (db: Db) => clearEndings(db),
  deleteExpiredArtifacts,
  deleteOldRateLimits,
  deleteExpiredReveals,
  deleteOldAnswers,
  deleteOldRefusals,
];

/** Deletes a batch of each kind of expired row and returns the count. An error in one kind does not stop the others. */
export async function deleteExpired(db: Db, now: Date): Promise<number> {
  let count = 0;
  for (const deleteBatch of deletions) count += await deleteBatch(db, now).catch(() => 0);
  return count;
}

const minuteMs = 60_000;

const expired = runInBackground('sweep', () => deleteExpired(database(), new Date()), { everyMs: minuteMs });
const unusedRegistrations = runInBackground(
  'sweep-registrations',
  () => removeUnusedRegistrations(database(), new Date()),
  {
    everyMs: 10 * minuteMs,
  },
);

/** Starts the periodic deletion of expired rows in this process. */
export function startSweeping(): void {
  expired.schedule();
  unusedRegistrations.schedule();
}
