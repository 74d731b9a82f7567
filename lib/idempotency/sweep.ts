import type { Db } from '#db/client';
import { sweepKeyedRequests } from '#db/queries/keyed-requests';
import { once } from '../once.ts';

/** How long an answer that held a secret is kept, sealed, for whoever lost it on the way. */
export const secretKeptMs = 10 * 60 * 1000;

const everyMs = 60_000;
const state = () => once('idempotency-sweep', () => ({ sweptAt: Number.NEGATIVE_INFINITY }));

/** Throws away what need not be remembered, at most once a minute in each process; beside the request, not in it. */
export function sweep(db: Db, now: Date): void {
  const last = state();
  const at = performance.now();
  if (at - last.sweptAt < everyMs) return;
  last.sweptAt = at;
  sweepKeyedRequests(db, { now, secretsBefore: new Date(now.getTime() - secretKeptMs) }).catch(() => undefined);
}
