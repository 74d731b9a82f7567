import type { Db } from '#db/client';
import { deleteRefusalsBefore } from '#db/queries/refusals';

const keptDays = 30;

/** Forgets some refusals that did not happen again for thirty days; answers how many. */
export const forgetRefusals = (db: Db, now: Date): Promise<number> =>
  deleteRefusalsBefore(db, new Date(now.getTime() - keptDays * 86_400_000));
