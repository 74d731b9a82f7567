import { eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { logos } from '../schema/client.ts';

/** Inserts a logo, or locks the existing row until the transaction ends so that it is not deleted meanwhile. */
export async function insertLogo(db: Db, hash: string, png: Uint8Array): Promise<void> {
  await db
    .insert(logos)
    .values({ hash, png })
    .onConflictDoUpdate({ target: logos.hash, set: { hash: sql`excluded.hash` } });
}

export async function selectLogo(db: Db, hash: string): Promise<Uint8Array | undefined> {
  const [row] = await db.select({ png: logos.png }).from(logos).where(eq(logos.hash, hash));
  return row?.png;
}

export function selectLogos(db: Db, hashes: readonly string[]) {
  return db
    .select({ hash: logos.hash, png: logos.png })
    .from(logos)
    .where(inArray(logos.hash, [...hashes]));
}
