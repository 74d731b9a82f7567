import { gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { signingKeys } from '../schema/signing-key.ts';

/** An arbitrary number, the same in every version: one process creates keys and the others wait. */
const lock = 7_204_107;

/** Blocks other processes from creating keys until the transaction ends. */
export async function lockSigningKeys(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(${lock})`);
}

/** Every published key, active ones first. This is the only query that reads sealed keys. */
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

/** Retires every active key and returns them. */
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
