import { inArray, lte } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { secretReveals } from '../schema/client.ts';
import { tokenReveals } from '../schema/token.ts';
import { atOnce } from './in-steps.ts';

/** Deletes some of the sealed secrets and tokens that nobody came to read in time; answers how many. */
export async function deleteOverReveals(db: Db, now: Date): Promise<number> {
  const secrets = db
    .select({ id: secretReveals.id })
    .from(secretReveals)
    .where(lte(secretReveals.expiresAt, now))
    .limit(atOnce);
  const tokens = db
    .select({ id: tokenReveals.id })
    .from(tokenReveals)
    .where(lte(tokenReveals.expiresAt, now))
    .limit(atOnce);
  const ofSecrets = await db.delete(secretReveals).where(inArray(secretReveals.id, secrets));
  const ofTokens = await db.delete(tokenReveals).where(inArray(tokenReveals.id, tokens));
  return ofSecrets.count + ofTokens.count;
}
