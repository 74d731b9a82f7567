import type { Db } from '#db/client';
import { deleteOverArtifacts } from '#db/queries/artifacts';
import { once } from '../once.ts';

const everyMs = 60_000;
const atOnce = 5000;
const state = () => once('artifacts-sweep', () => ({ sweptAt: Number.NEGATIVE_INFINITY }));

/** Forgets what is over: a batch at most every minute in each process, or at once again while batches are full; beside the request. */
export function sweepArtifacts(db: Db): void {
  const last = state();
  const now = performance.now();
  if (now - last.sweptAt < everyMs) return;
  last.sweptAt = now;
  deleteOverArtifacts(db, new Date(), atOnce)
    .then((gone) => {
      if (gone === atOnce) last.sweptAt = Number.NEGATIVE_INFINITY;
    })
    .catch(() => undefined);
}
