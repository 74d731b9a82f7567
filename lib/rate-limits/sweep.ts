import type { Db } from '#db/client';
import { deleteOldRateLimits } from '#db/queries/rate-limits';
import { once } from '../once.ts';

const everyMs = 60_000;
const state = () => once('rate-limits-sweep', () => ({ sweptAt: Number.NEGATIVE_INFINITY }));

/** Forgets the windows that are over, at most once a minute in each process; beside the request, not in it. */
export function sweepLimits(db: Db): void {
  const last = state();
  const now = performance.now();
  if (now - last.sweptAt < everyMs) return;
  last.sweptAt = now;
  deleteOldRateLimits(db, new Date()).catch(() => undefined);
}
