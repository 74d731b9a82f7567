import { and, desc, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { secretReveals, secrets } from '../schema/client.ts';
import { users } from '../schema/user.ts';

/** The columns of a secret that may be shown: never its hash or its sealed copy. */
const columns = {
  id: secrets.id,
  clientId: secrets.clientId,
  name: secrets.name,
  lastFour: secrets.lastFour,
  channel: secrets.channel,
  createdAt: secrets.createdAt,
  expiresAt: secrets.expiresAt,
  revokedAt: secrets.revokedAt,
  lastUsedAt: secrets.lastUsedAt,
};

const liveAt = (now: Date) => and(isNull(secrets.revokedAt), or(isNull(secrets.expiresAt), gt(secrets.expiresAt, now)));

export async function insertSecret(db: Db, row: typeof secrets.$inferInsert) {
  const [made] = await db.insert(secrets).values(row).returning(columns);
  if (!made) throw new Error('secret was not stored');
  return made;
}

export async function selectSecretOfSubmission(db: Db, where: { clientId: string; submissionId: string }) {
  const [row] = await db
    .select(columns)
    .from(secrets)
    .where(and(eq(secrets.clientId, where.clientId), eq(secrets.submissionId, where.submissionId)));
  return row;
}

export function selectSecrets(db: Db, clientId: string) {
  return db
    .select({ ...columns, createdByName: users.name })
    .from(secrets)
    .leftJoin(users, eq(users.id, secrets.createdBy))
    .where(eq(secrets.clientId, clientId))
    .orderBy(desc(secrets.createdAt), desc(secrets.id));
}

/** An expired or revoked secret of this client, by its hash; otherwise undefined. */
export async function selectEndedSecret(db: Db, where: { clientId: string; hashes: readonly string[] }) {
  const [row] = await db
    .select(columns)
    .from(secrets)
    .where(and(eq(secrets.clientId, where.clientId), inArray(secrets.hash, [...where.hashes])));
  return row;
}

export async function countSecretsOf(db: Db, clientId: string): Promise<number> {
  return db.$count(secrets, eq(secrets.clientId, clientId));
}

export function countLiveSecrets(db: Db, clientId: string, now: Date): Promise<number> {
  return db.$count(secrets, and(eq(secrets.clientId, clientId), liveAt(now)));
}

/** Moves the expiry of active secrets to `expiresAt` if that is earlier. */
export async function shortenSecrets(db: Db, where: { clientId: string; except: string; now: Date }, expiresAt: Date) {
  await db
    .update(secrets)
    .set({ expiresAt: sql`least(coalesce(${secrets.expiresAt}, 'infinity'), ${expiresAt.toISOString()}::timestamptz)` })
    .where(and(eq(secrets.clientId, where.clientId), sql`${secrets.id} <> ${where.except}`, liveAt(where.now)));
}

export async function shortenSecret(db: Db, where: { clientId: string; secretId: string }, expiresAt: Date) {
  await db
    .update(secrets)
    .set({ expiresAt })
    .where(and(eq(secrets.clientId, where.clientId), eq(secrets.id, where.secretId)));
}

/** Marks secrets as revoked; `secretIds` undefined means all active ones. */
export async function revokeSecretRows(
  db: Db,
  where: { clientId: string; secretId?: string; except?: string; now: Date },
) {
  return db
    .update(secrets)
    .set({ revokedAt: where.now, sealed: null, sealingKeyId: null })
    .where(
      and(
        eq(secrets.clientId, where.clientId),
        where.secretId === undefined ? undefined : eq(secrets.id, where.secretId),
        where.except === undefined ? undefined : sql`${secrets.id} <> ${where.except}`,
        isNull(secrets.revokedAt),
      ),
    )
    .returning({ id: secrets.id, name: secrets.name });
}

/** The sealed copies of active secrets, newest first; only those of `channel` if it is given. This is the only query that reads them, and one file uses it. */
export function selectSealedSecrets(
  db: Db,
  { clientIds, now, channel }: { clientIds: readonly string[]; now: Date; channel: string | undefined },
) {
  return db
    .select({
      id: secrets.id,
      clientId: secrets.clientId,
      sealed: secrets.sealed,
      sealingKeyId: secrets.sealingKeyId,
      channel: secrets.channel,
    })
    .from(secrets)
    .where(
      and(
        inArray(secrets.clientId, [...clientIds]),
        isNotNull(secrets.sealed),
        liveAt(now),
        channel === undefined ? undefined : eq(secrets.channel, channel),
      ),
    )
    .orderBy(desc(secrets.createdAt), desc(secrets.id));
}

export async function insertReveal(db: Db, row: typeof secretReveals.$inferInsert): Promise<void> {
  await db.insert(secretReveals).values(row).onConflictDoNothing();
}

/** Deletes the reveal and returns it: a second reader finds nothing. */
export async function takeRevealRow(db: Db, where: { id: string; userId: string; now: Date }) {
  const [row] = await db
    .delete(secretReveals)
    .where(
      and(
        eq(secretReveals.id, where.id),
        eq(secretReveals.userId, where.userId),
        gt(secretReveals.expiresAt, where.now),
      ),
    )
    .returning({
      secretId: secretReveals.secretId,
      sealed: secretReveals.sealed,
      sealingKeyId: secretReveals.sealingKeyId,
    });
  return row;
}

export async function selectSecret(db: Db, where: { clientId?: string; secretId: string }) {
  const [row] = await db
    .select(columns)
    .from(secrets)
    .where(
      and(
        eq(secrets.id, where.secretId),
        where.clientId === undefined ? undefined : eq(secrets.clientId, where.clientId),
      ),
    );
  return row;
}

/** Whether one of the hashes belongs to an active secret of the client. */
export async function isLiveSecret(db: Db, where: { clientId: string; hashes: readonly string[]; now: Date }) {
  const live = and(eq(secrets.clientId, where.clientId), inArray(secrets.hash, [...where.hashes]), liveAt(where.now));
  return (await db.$count(secrets, live)) > 0;
}
