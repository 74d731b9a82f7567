import { and, desc, eq, gt, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { members } from '../schema/organization.ts';
import { sessions, users } from '../schema/user.ts';
import { insertEndingsOf } from './endings.ts';
import { inSteps } from './in-steps.ts';
import { insertLogoutNotices } from './logout-notices.ts';

type Membership = { organizationId: string; role: 'owner' | 'admin' | 'developer' | 'viewer' };

const isLive = (now: Date, idleSince: Date) =>
  and(isNull(sessions.endedAt), gt(sessions.expiresAt, now), gt(sessions.lastSeenAt, idleSince));

export async function insertSession(
  db: Db,
  row: { userId: string; userAgent: string; network: string; expiresAt: Date },
): Promise<string> {
  const [made] = await db.insert(sessions).values(row).returning({ id: sessions.id });
  if (!made) throw new Error('the session was not made');
  return made.id;
}

/** A live session with its user and the user's memberships as they are now, in one query. */
export async function selectLiveSession(db: Db, id: string, now: Date, idleSince: Date) {
  const [row] = await db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      userId: users.id,
      isOperator: users.isOperator,
      emailVerified: sql<boolean>`${users.emailVerifiedAt} is not null`,
      memberships: sql<Membership[]>`coalesce((select json_agg(json_build_object(
        'organizationId', ${members.organizationId}, 'role', ${members.role}))
        from ${members} where ${members.userId} = ${users.id}), '[]')`,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.disabledAt)))
    .where(and(eq(sessions.id, id), isLive(now, idleSince)));
  return row;
}

export async function touchSession(db: Db, id: string, now: Date): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: now })
    .where(and(eq(sessions.id, id), lt(sessions.lastSeenAt, now)));
}

export function selectLiveSessionsOf(db: Db, userId: string, now: Date, idleSince: Date) {
  return db
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      network: sessions.network,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isLive(now, idleSince)))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(200);
}

/** Whether this person has signed in from this network before. */
export async function hasSignedInFrom(db: Db, userId: string, network: string): Promise<boolean> {
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.network, network)))
    .limit(1);
  return rows.length > 0;
}

/**
 * Ends one session, or all of a person's sessions except `except`, with the tokens bound to them, and stores logout notices.
 * Returns the ids of the sessions that were active, and the ids of the endings.
 */
export async function endSessions(
  db: Db,
  of: { userId: string; id?: string; except?: string | undefined },
): Promise<{ sessionIds: string[]; endingIds: number[] }> {
  const live = and(
    eq(sessions.userId, of.userId),
    isNull(sessions.endedAt),
    of.id === undefined ? undefined : eq(sessions.id, of.id),
    of.except === undefined ? undefined : ne(sessions.id, of.except),
  );
  const ended = { sessionIds: [] as string[], endingIds: [] as number[] };
  await inSteps(db, async (db, limit) => {
    const some = db.select({ id: sessions.id }).from(sessions).where(live).limit(limit).for('update');
    const rows = await db
      .update(sessions)
      .set({ endedAt: new Date() })
      .where(inArray(sessions.id, some))
      .returning({ id: sessions.id });
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) {
      await insertLogoutNotices(db, ids);
      ended.endingIds.push(...(await insertEndingsOf(db, 'session', ids)));
      ended.sessionIds.push(...ids);
    }
    return { count: ids.length };
  });
  return ended;
}

/** Deletes a person's sessions that ended before `moment`. */
export async function deleteOldSessionsOf(db: Db, userId: string, moment: Date): Promise<void> {
  const old = and(eq(sessions.userId, userId), or(lt(sessions.endedAt, moment), lt(sessions.expiresAt, moment)));
  await inSteps(db, (db, limit) => {
    const some = db.select({ id: sessions.id }).from(sessions).where(old).limit(limit).for('update');
    return db.delete(sessions).where(inArray(sessions.id, some));
  });
}
