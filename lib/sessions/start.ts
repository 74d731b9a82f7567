import { moveToSession } from '#db/queries/artifacts';
import { deleteOldSessionsOf, endSessions, insertSession } from '#db/queries/sessions';
import type { Person } from '../actor.ts';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { hashCredential } from '../credentials/index.ts';
import { clearLater } from '../endings/index.ts';
import { forgottenBefore, sessionEnd } from './lifetime.ts';

export type Browser = { userAgent: string };

/** The acting person once the sign-in has succeeded, for the history. */
const asUser = (userId: string): Person => ({
  kind: 'person',
  userId,
  isOperator: false,
  emailVerified: false,
  memberships: [],
});

/** A new session for a person who has just proved who they are; the browser's session of before ends. Returns its id. */
export async function startSession(ctx: Context, userId: string, browser: Browser): Promise<string> {
  const now = new Date();
  return inTransaction(ctx, async (tx) => {
    const before = ctx.actor.kind === 'person' ? ctx.actor : undefined;
    await deleteOldSessionsOf(tx.db, userId, forgottenBefore(now));
    const userAgent = browser.userAgent.replace(/[^\x20-\x7e]/g, '').slice(0, 256);
    const sessionId = await insertSession(tx.db, {
      userId,
      userAgent,
      network: ctx.network,
      expiresAt: sessionEnd(now),
    });
    if (before?.sessionId) {
      // Who signs in once more, because an app wants fresh proof, keeps what apps were given.
      if (before.userId === userId)
        await moveToSession(tx.db, {
          from: before.sessionId,
          to: sessionId,
          hash: hashCredential(sessionId).hash,
          loginTs: Math.floor(now.getTime() / 1000),
        });
      const { endingIds } = await endSessions(tx.db, { userId: before.userId, id: before.sessionId });
      clearLater(tx, endingIds);
    }
    await recordAudit(
      { ...tx, actor: asUser(userId) },
      { action: 'session.create', organizationId: null, targetType: 'user', targetId: userId, after: { sessionId } },
    );
    return sessionId;
  });
}
