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

/** A session's last use is written no more often than this. */
const seenEverySeconds = 300;

/** Who is behind a session that is neither ended, idle too long nor too old, with the roles of this moment. */
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

/** After this long without a request a session is over. */
const idleDays = 14;
/** After this long it is over whatever the use. */
export const absoluteDays = 90;

export const idleSince = (now: Date): Date => new Date(now.getTime() - idleDays * day);
export const sessionEnd = (now: Date): Date => new Date(now.getTime() + absoluteDays * day);
/** Over sessions are kept this long: they say from which networks a person signed in before. */
export const sessionsDeletedBefore = (now: Date): Date => new Date(now.getTime() - 180 * day);

export type Session = {
  id: string;
  userAgent: string;
  network: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** The one that asks. */
  current: boolean;
};

/** Where the person is signed in, the latest use first. */
export async function listSessions(ctx: Context): Promise<Session[]> {
  const { userId, sessionId } = requirePerson(ctx);
  const now = new Date();
  const rows = await selectLiveSessionsOf(ctx.db, userId, now, idleSince(now));
  return rows.map((row) => ({ ...row, current: row.id === sessionId }));
}

/** One line of the history names so many sessions. */
const namedAtOnce = 1000;

async function end(ctx: Context, which: { id?: string; except?: string | undefined }): Promise<string[]> {
  const { userId } = requirePerson(ctx);
  const ended = await inTransaction(ctx, async (tx) => {
    const { sessionIds, endingIds } = await endSessions(tx.db, { userId, ...which });
    clearAfterCommit(tx, endingIds);
    for (let at = 0; at < sessionIds.length; at += namedAtOnce)
      await recordAudit(tx, {
        action: 'session.remove',
        organizationId: null,
        targetType: 'user',
        targetId: userId,
        before: { sessionIds: sessionIds.slice(at, at + namedAtOnce) },
      });
    return sessionIds;
  });
  wakeLogoutNotices();
  return ended;
}

/** Ends one of the person's sessions; somebody else's is not there. */
export async function endSession(ctx: Context, sessionId: string): Promise<void> {
  const isId = isUuid(sessionId);
  if (!isId || (await end(ctx, { id: sessionId })).length === 0) throw notFound('Session');
}

/** Ends every session of the person but the one that asks; returns how many. */
export async function endOtherSessions(ctx: Context): Promise<number> {
  const { sessionId } = requirePerson(ctx);
  return (await end(ctx, { except: sessionId })).length;
}

/** Signs out: the session that asks is over. */
export async function endOwnSession(ctx: Context): Promise<void> {
  if (ctx.actor.kind === 'person' && ctx.actor.sessionId) await end(ctx, { id: ctx.actor.sessionId });
}
