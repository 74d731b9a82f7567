import type { Db } from '#db/client';
import { selectLogo, selectLogos } from '#db/queries/logos';

/** The PNG of that name, or undefined. */
export async function findLogo(db: Db, hash: string): Promise<Uint8Array | undefined> {
  return /^[0-9a-f]{64}$/.test(hash) ? selectLogo(db, hash) : undefined;
}

/** The PNGs of those names that are there, in one query. */
export async function findLogos(db: Db, hashes: readonly string[]): Promise<Map<string, Uint8Array>> {
  if (hashes.length === 0) return new Map();
  const rows = await selectLogos(db, [...new Set(hashes)]);
  return new Map(rows.map(({ hash, png }) => [hash, png]));
}
