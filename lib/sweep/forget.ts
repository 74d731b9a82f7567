import type { Db } from '#db/client';
import { deleteOverArtifacts } from '#db/queries/artifacts';
import { clearEndings } from '#db/queries/endings';
import { deleteOldRateLimits } from '#db/queries/rate-limits';
import { deleteOverReveals } from '#db/queries/reveals';
import { forgetAnswers } from '../idempotency/index.ts';
import { forgetRefusals } from '../refusals/index.ts';

const all = [
  (db: Db) => clearEndings(db),
  deleteOverArtifacts,
  deleteOldRateLimits,
  deleteOverReveals,
  forgetAnswers,
  forgetRefusals,
];

/** Forgets some of everything that is over; answers how much. What one of them cannot do just now keeps none of the others. */
export async function forgetWhatIsOver(db: Db, now: Date): Promise<number> {
  let forgotten = 0;
  for (const forget of all) forgotten += await forget(db, now).catch(() => 0);
  return forgotten;
}
