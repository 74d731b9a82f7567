import type { Db } from '#db/client';
import { selectLogo } from '#db/queries/logos';

/** The PNG of that name, or undefined. */
export async function findLogo(db: Db, hash: string): Promise<Uint8Array | undefined> {
  return /^[0-9a-f]{64}$/.test(hash) ? selectLogo(db, hash) : undefined;
}
