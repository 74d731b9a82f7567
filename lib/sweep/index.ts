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

const all = [
  (db: Db) => clearEndings(db),
  deleteExpiredArtifacts,
  deleteOldRateLimits,
  deleteExpiredReveals,
  deleteOldAnswers,
  deleteOldRefusals,
];

/** Forgets some of everything that is over; answers how much. What one of them cannot do just now keeps none of the others. */
export async function deleteExpired(db: Db, now: Date): Promise<number> {
  let forgotten = 0;
  for (const forget of all) forgotten += await forget(db, now).catch(() => 0);
  return forgotten;
}

const minuteMs = 60_000;

const over = runInBackground('sweep', () => deleteExpired(database(), new Date()), { everyMs: minuteMs });
const unused = runInBackground('sweep-registrations', () => removeUnusedRegistrations(database(), new Date()), {
  everyMs: 10 * minuteMs,
});

/** From now on this process forgets what is over, in time and whether or not anybody asks it anything. */
export function startSweeping(): void {
  over.schedule();
  unused.schedule();
}
