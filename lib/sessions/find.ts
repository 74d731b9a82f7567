import type { Db } from '#db/client';
import { endSessions, selectLiveSession, selectLiveSessionsOf, touchSession } from '#db/queries/sessions';
import { recordAudit } from '#lib/audit/index';
import { clearAfterCommit } from '#lib/endings/index';
import { requirePerson } from '#lib/kernel/access';
import type { Person } from '#lib/kernel/actor';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound } from '#lib/kernel/errors';
import { isUuid } from '#lib/kernel/values';
import { wakeLogoutNotices } from '#lib/logout-notices/index';

/** The shortest time between two writes of a session's last use. */
const seenEverySeconds = 300;

/** Returns the person of a session, with their current roles; undefined if the session has ended or expired. */
export async function findSessionPerson(db: Db, sessionId: string): Promise<Person | undefined> {
  if (!isUuid(sessionId)) return undefined;
  const now = new Date();
  const row = await selectLiveSession(db, sessionId, now, idleSince(now));
  if (!row) return undefined;
  if (now.getTime() - row.lastSeenAt.getTime() > seenEverySeconds * 1000) await touchSession(db, row.id, now);
  return {
    kind: 'person',
    userId: row.userId,
    isOperator: row.isOperator,
    emailVerified: row.emailVerified,
    memberships: row.memberships,
    sessionId: row.id,
    signedInAt: row.createdAt,
  };
}

const day = 86_400_000;

/** A session expires after this time without a request. */
const idleDays = 14;
/** A session expires after this time, whatever its use. */
export const absoluteDays = 90;

export const idleSince = (now: Date): Date => new Date(now.getTime() - idleDays * day);
export const sessionEnd = (now: Date): Date => new Date(now.getTime() + absoluteDays * day);
/** Ended sessions are stored for 180 days, because sign-in looks up the networks that a person used before. */
export const sessionsDeletedBefore = (now: Date): Date => new Date(now.getTime() - 180 * day);

export type Session = {
  id: string;
  userAgent: string;
  network: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** Whether it is the session of this request. */
  current: boolean;
};

/** The person's sessions, by last use, the latest first. */
export async function listSessions(ctx: Context): Promise<Session[]> {
  const { userId, sessionId } = requirePerson(ctx);
  const now = new Date();
  const rows = await selectLiveSessionsOf(ctx.db, userId, now, idleSince(now));
  return rows.map((row) => ({ ...row, current: row.id === sessionId }));
}

/** The number of session ids in one audit row. */
const idsPerRow = 1000;

/** Ends the actor's sessions: one, or all except one. Returns the ids of the ended sessions. */
async function endSessionsOfActor(ctx: Context, which: { id: string } | { except?: string }): Promise<string[]> {
  const { userId } = requirePerson(ctx);
  const ended = await inTransaction(ctx, async (tx) => {
    const { sessionIds, endingIds } = await endSessions(tx.db, { userId, ...which });
    clearAfterCommit(tx, endingIds);
    for (let at = 0; at < sessionIds.length; at += idsPerRow)
      await recordAudit(tx, {
        action: 'session.remove',
        organizationId: null,
        targetType: 'user',
        targetId: userId,
        before: { sessionIds: sessionIds.slice(at, at + idsPerRow) },
      });
    return sessionIds;
  });
  wakeLogoutNotices();
  return ended;
}

/** Ends one of the person's sessions. @throws not_found: the person has no such session */
export async function endSession(ctx: Context, sessionId: string): Promise<void> {
  const ended = isUuid(sessionId) ? await endSessionsOfActor(ctx, { id: sessionId }) : [];
  if (ended.length === 0) throw notFound('Session');
}

/** Ends the person's sessions except the current one; returns the number of ended sessions. */
export async function endOtherSessions(ctx: Context): Promise<number> {
  const { sessionId } = requirePerson(ctx);
  return (await endSessionsOfActor(ctx, sessionId === undefined ? {} : { except: sessionId })).length;
}

/** Signs the person out: ends the current session. */
export async function endOwnSession(ctx: Context): Promise<void> {
  // Not authenticated again: the session may have ended already, and signing out twice has no further effect.
  if (ctx.actor.kind === 'person' && ctx.actor.sessionId)
    await endSessionsOfActor({ ...ctx, reauthenticate: undefined }, { id: ctx.actor.sessionId });
}
