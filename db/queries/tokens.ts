import { and, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { secretReveals } from '../schema/client.ts';
import { members, organizations } from '../schema/organization.ts';
import { apiTokens, tokenReveals } from '../schema/token.ts';
import { users } from '../schema/user.ts';
import { deletePast } from './in-steps.ts';

/** The columns of a token that may be shown: never its hash. */
const columns = {
  id: apiTokens.id,
  organizationId: apiTokens.organizationId,
  userId: apiTokens.userId,
  name: apiTokens.name,
  lastFour: apiTokens.lastFour,
  scopes: apiTokens.scopes,
  createdAt: apiTokens.createdAt,
  expiresAt: apiTokens.expiresAt,
  lastUsedAt: apiTokens.lastUsedAt,
  revokedAt: apiTokens.revokedAt,
};

function prepareBearer(db: Db) {
  return db
    .select({
      tokenId: apiTokens.id,
      organizationId: apiTokens.organizationId,
      scopes: apiTokens.scopes,
      expiresAt: apiTokens.expiresAt,
      lastUsedAt: apiTokens.lastUsedAt,
      userId: users.id,
      isOperator: users.isOperator,
      emailVerifiedAt: users.emailVerifiedAt,
      role: members.role,
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .innerJoin(members, and(eq(members.organizationId, apiTokens.organizationId), eq(members.userId, apiTokens.userId)))
    .where(
      and(
        sql`${apiTokens.hash} = any(${sql.placeholder('hashes')}::text[])`,
        isNull(apiTokens.revokedAt),
        or(isNull(apiTokens.expiresAt), sql`${apiTokens.expiresAt} > ${sql.placeholder('now')}::timestamptz`),
        isNull(users.disabledAt),
      ),
    )
    .prepare('select_bearer');
}

const bearers = new WeakMap<Db, ReturnType<typeof prepareBearer>>();

/** The valid token with one of these hashes, its enabled user, and that user's current role in the token's organization. */
export async function selectBearer(db: Db, where: { hashes: readonly string[]; now: Date }) {
  const prepared = bearers.get(db) ?? prepareBearer(db);
  bearers.set(db, prepared);
  const [row] = await prepared.execute({ hashes: `{${where.hashes.join(',')}}`, now: where.now.toISOString() });
  return row;
}

/** Stores the time of use, unless one since `before` is stored already. */
export async function touchToken(db: Db, tokenId: string, now: Date, before: Date): Promise<void> {
  await db
    .update(apiTokens)
    .set({ lastUsedAt: now })
    .where(and(eq(apiTokens.id, tokenId), or(isNull(apiTokens.lastUsedAt), lte(apiTokens.lastUsedAt, before))));
}

/** Returns undefined if the form submission already created a token. */
export async function insertToken(db: Db, row: typeof apiTokens.$inferInsert) {
  const [made] = await db
    .insert(apiTokens)
    .values(row)
    .onConflictDoNothing({ target: apiTokens.submissionId })
    .returning(columns);
  return made;
}

export async function selectTokenOfSubmission(db: Db, where: { userId: string; submissionId: string }) {
  const [row] = await db
    .select(columns)
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, where.userId), eq(apiTokens.submissionId, where.submissionId)));
  return row;
}

export function countLiveTokens(db: Db, where: { userId: string; organizationId: string; now: Date }): Promise<number> {
  return db.$count(
    apiTokens,
    and(
      eq(apiTokens.userId, where.userId),
      eq(apiTokens.organizationId, where.organizationId),
      isNull(apiTokens.revokedAt),
      or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, where.now)),
    ),
  );
}

/** Tokens that were not revoked, newest first, with the names of their organization and person. */
export function selectTokens(
  db: Db,
  where: { userId?: string; organizationId?: string | undefined; tokenId?: string },
) {
  return db
    .select({ ...columns, organizationName: organizations.name, userName: users.name })
    .from(apiTokens)
    .innerJoin(organizations, eq(organizations.id, apiTokens.organizationId))
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(
      and(
        where.userId === undefined ? undefined : eq(apiTokens.userId, where.userId),
        where.organizationId === undefined ? undefined : eq(apiTokens.organizationId, where.organizationId),
        where.tokenId === undefined ? undefined : eq(apiTokens.id, where.tokenId),
        isNull(apiTokens.revokedAt),
      ),
    )
    .orderBy(desc(apiTokens.createdAt), desc(apiTokens.id));
}

/** The token; locks its row until the transaction ends. */
export async function selectTokenForUpdate(db: Db, tokenId: string) {
  const [row] = await db.select(columns).from(apiTokens).where(eq(apiTokens.id, tokenId)).for('update');
  return row;
}

export async function revokeTokenRow(db: Db, tokenId: string, now: Date): Promise<void> {
  await db.update(apiTokens).set({ revokedAt: now }).where(eq(apiTokens.id, tokenId));
}

/** Revokes every active token of a person in an organization. */
export function revokeTokensOfMember(db: Db, where: { userId: string; organizationId: string; now: Date }) {
  return db
    .update(apiTokens)
    .set({ revokedAt: where.now })
    .where(
      and(
        eq(apiTokens.userId, where.userId),
        eq(apiTokens.organizationId, where.organizationId),
        isNull(apiTokens.revokedAt),
      ),
    )
    .returning({ id: apiTokens.id, name: apiTokens.name });
}

/** Stores a sealed token for the page that shows it. */
export async function insertTokenReveal(db: Db, row: typeof tokenReveals.$inferInsert): Promise<void> {
  await db.insert(tokenReveals).values(row).onConflictDoNothing();
}

/** Deletes the reveal and returns it: a second reader finds nothing. */
export async function takeTokenRevealRow(db: Db, where: { id: string; userId: string; now: Date }) {
  const [row] = await db
    .delete(tokenReveals)
    .where(
      and(eq(tokenReveals.id, where.id), eq(tokenReveals.userId, where.userId), gt(tokenReveals.expiresAt, where.now)),
    )
    .returning({
      tokenId: tokenReveals.tokenId,
      sealed: tokenReveals.sealed,
      sealingKeyId: tokenReveals.sealingKeyId,
    });
  return row;
}

export async function selectToken(db: Db, where: { tokenId: string; userId: string }) {
  const [row] = await db
    .select(columns)
    .from(apiTokens)
    .where(and(eq(apiTokens.id, where.tokenId), eq(apiTokens.userId, where.userId)));
  return row;
}

/** Deletes expired reveals of secrets and tokens. Returns the count. */
export async function deleteExpiredReveals(db: Db, now: Date): Promise<number> {
  const overIn = (table: typeof secretReveals | typeof tokenReveals) =>
    deletePast(db, table, { key: table.id, at: table.expiresAt, moment: now });
  return (await overIn(secretReveals)) + (await overIn(tokenReveals));
}
