import { and, eq, inArray, isNotNull, lte, type SQL } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { keyedRequests } from '../schema/idempotency.ts';
import { inSteps } from './in-steps.ts';

type Claim = { id: string; tokenId: string | null; attemptId: string; fingerprint: string; expiresAt: Date };

/** Takes the key for an attempt unless another attempt holds it. One statement, so it is safe across processes. */
export async function claimKey(db: Db, claim: Claim, now: Date): Promise<boolean> {
  const anew = { ...claim, sealed: null, sealingKeyId: null, holdsSecret: false, answeredAt: null };
  const taken = await db
    .insert(keyedRequests)
    .values(anew)
    .onConflictDoUpdate({
      target: keyedRequests.id,
      set: anew,
      setWhere: lte(keyedRequests.expiresAt, now),
    })
    .returning({ id: keyedRequests.id });
  return taken.length > 0;
}

export async function selectKeyedRequest(db: Db, id: string) {
  const [row] = await db
    .select({
      fingerprint: keyedRequests.fingerprint,
      sealed: keyedRequests.sealed,
      sealingKeyId: keyedRequests.sealingKeyId,
      holdsSecret: keyedRequests.holdsSecret,
      answeredAt: keyedRequests.answeredAt,
    })
    .from(keyedRequests)
    .where(eq(keyedRequests.id, id));
  return row;
}

type Attempt = { id: string; attemptId: string };
const isAttempt = ({ id, attemptId }: Attempt) => and(eq(keyedRequests.id, id), eq(keyedRequests.attemptId, attemptId));

/** Returns false if another attempt has taken the key. */
export async function storeAnswer(
  db: Db,
  attempt: Attempt,
  answer: { sealed: string; sealingKeyId: string; holdsSecret: boolean; answeredAt: Date; expiresAt: Date },
): Promise<boolean> {
  const updated = await db
    .update(keyedRequests)
    .set(answer)
    .where(isAttempt(attempt))
    .returning({ id: keyedRequests.id });
  return updated.length > 0;
}

export async function releaseKey(db: Db, attempt: Attempt): Promise<void> {
  await db.delete(keyedRequests).where(isAttempt(attempt));
}

/** Deletes expired requests, and answers with a secret from before `secretsBefore`. Returns the count. */
export async function sweepKeyedRequests(
  db: Db,
  { now, secretsBefore }: { now: Date; secretsBefore: Date },
): Promise<number> {
  const some = (where: SQL | undefined, limit: number) =>
    db
      .select({ id: keyedRequests.id })
      .from(keyedRequests)
      .where(where)
      .limit(limit)
      .for('update', { skipLocked: true });
  const hasExpired = lte(keyedRequests.expiresAt, now);
  const deleted = await inSteps(db, (db, limit) =>
    db.delete(keyedRequests).where(inArray(keyedRequests.id, some(hasExpired, limit))),
  );
  const hasOldSecret = and(
    eq(keyedRequests.holdsSecret, true),
    isNotNull(keyedRequests.sealed),
    lte(keyedRequests.answeredAt, secretsBefore),
  );
  const emptied = await inSteps(db, (db, limit) =>
    db
      .update(keyedRequests)
      .set({ sealed: null, sealingKeyId: null })
      .where(inArray(keyedRequests.id, some(hasOldSecret, limit))),
  );
  return deleted + emptied;
}
