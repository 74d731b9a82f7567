import { and, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { initialAccessTokens } from '../schema/registration.ts';

const columns = {
  id: initialAccessTokens.id,
  organizationId: initialAccessTokens.organizationId,
  usesLeft: initialAccessTokens.usesLeft,
  expiresAt: initialAccessTokens.expiresAt,
  revokedAt: initialAccessTokens.revokedAt,
};

const liveAt = (now: Date): SQL | undefined =>
  and(
    isNull(initialAccessTokens.revokedAt),
    gt(initialAccessTokens.expiresAt, now),
    or(isNull(initialAccessTokens.usesLeft), gt(initialAccessTokens.usesLeft, 0)),
  );

export async function insertInitialAccessToken(db: Db, row: typeof initialAccessTokens.$inferInsert) {
  const [made] = await db.insert(initialAccessTokens).values(row).returning(columns);
  if (!made) throw new Error('initial access token was not stored');
  return made;
}

export async function selectInitialAccessToken(db: Db, where: { hashes: readonly string[]; now: Date }) {
  const [row] = await db
    .select(columns)
    .from(initialAccessTokens)
    .where(and(inArray(initialAccessTokens.hash, [...where.hashes]), liveAt(where.now)));
  return row;
}

/** Takes one use; returns false if none is left, also under concurrency. */
export async function takeInitialAccessTokenUse(db: Db, id: string, now: Date): Promise<boolean> {
  const taken = await db
    .update(initialAccessTokens)
    .set({ usesLeft: sql`${initialAccessTokens.usesLeft} - 1` })
    .where(and(eq(initialAccessTokens.id, id), liveAt(now)))
    .returning({ id: initialAccessTokens.id });
  return taken.length > 0;
}

export async function revokeInitialAccessTokenRow(db: Db, id: string, now: Date) {
  const [row] = await db
    .update(initialAccessTokens)
    .set({ revokedAt: now })
    .where(eq(initialAccessTokens.id, id))
    .returning(columns);
  return row;
}
