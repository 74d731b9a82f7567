import type { Db } from '../client.ts';
import { secretReveals } from '../schema/client.ts';
import { tokenReveals } from '../schema/token.ts';
import { deletePast } from './in-steps.ts';

/** Deletes the sealed secrets and tokens that nobody came to read in time. Returns the count. */
export async function deleteOverReveals(db: Db, now: Date): Promise<number> {
  const overIn = (table: typeof secretReveals | typeof tokenReveals) =>
    deletePast(db, table, { key: table.id, at: table.expiresAt, moment: now });
  return (await overIn(secretReveals)) + (await overIn(tokenReveals));
}
