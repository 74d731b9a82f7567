import { endSessions } from '#db/queries/sessions';
import { requirePerson } from '../access.ts';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { clearLater } from '../endings/index.ts';
import { notFound } from '../errors.ts';
import { wakeLogoutNotices } from '../logout-notices/index.ts';
import { isUuid } from '../uuid.ts';

/** One line of the history names so many sessions. */
const namedAtOnce = 1000;

async function end(ctx: Context, which: { id?: string; except?: string | undefined }): Promise<string[]> {
  const { userId } = requirePerson(ctx);
  const ended = await inTransaction(ctx, async (tx) => {
    const { sessionIds, endingIds } = await endSessions(tx.db, { userId, ...which });
    clearLater(tx, endingIds);
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
