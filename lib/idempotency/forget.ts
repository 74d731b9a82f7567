import type { Db } from '#db/client';
import { sweepKeyedRequests } from '#db/queries/keyed-requests';

/** How long an answer that held a secret is kept, sealed, for whoever lost it on the way. */
export const secretKeptMs = 10 * 60 * 1000;

/** Forgets some answers that need not be remembered any more; answers how many. */
export const forgetAnswers = (db: Db, now: Date): Promise<number> =>
  sweepKeyedRequests(db, { now, secretsBefore: new Date(now.getTime() - secretKeptMs) });
