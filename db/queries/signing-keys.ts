import { gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { signingKeys } from '../schema/signing-key.ts';

/** Any number, the same in every version: of several processes that want to make keys, one works and the others wait. */
const lock = 7_204_107;

/** Holds everyone else's making of keys until the transaction ends. */
export async function lockSigningKeys(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(${lock})`);
}

/** Every key that is published, those in force first: the one query that reads sealed keys. */
export function selectPublishedKeys(db: Db, now: Date) {
  return db
    .select()
    .from(signingKeys)
    .where(or(isNull(signingKeys.publishedUntil), gt(signingKeys.publishedUntil, now)))
    .orderBy(sql`${signingKeys.publishedUntil} desc nulls first`, signingKeys.alg);
}

export async function insertSigningKeys(db: Db, rows: (typeof signingKeys.$inferInsert)[]): Promise<void> {
  await db.insert(signingKeys).values(rows);
}

/** Takes every key out of force; answers which. */
export function retireSigningKeys(db: Db, publishedUntil: Date) {
  return db
    .update(signingKeys)
    .set({ publishedUntil })
    .where(isNull(signingKeys.publishedUntil))
    .returning({ kid: signingKeys.kid, alg: signingKeys.alg });
}

export async function deleteUnpublishedKeys(db: Db, now: Date): Promise<void> {
  await db.delete(signingKeys).where(lte(signingKeys.publishedUntil, now));
}
