import { eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { logos } from '../schema/client.ts';

/** Keeps a logo that is there already for whoever stores it again: the row stays locked until their transaction ends. */
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
