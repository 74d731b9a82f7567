import { inArray, lte } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { secretReveals } from '../schema/client.ts';
import { tokenReveals } from '../schema/token.ts';
import { inSteps } from './in-steps.ts';

/** Deletes the sealed secrets and tokens that nobody came to read in time; answers how many. */
export async function deleteOverReveals(db: Db, now: Date): Promise<number> {
  const overIn = (table: typeof secretReveals | typeof tokenReveals) =>
    inSteps(db, (db, limit) => {
      const some = db.select({ id: table.id }).from(table).where(lte(table.expiresAt, now)).limit(limit);
      return db.delete(table).where(inArray(table.id, some));
    });
  return (await overIn(secretReveals)) + (await overIn(tokenReveals));
}
