import type { Db } from '#db/client';
import { selectLiveSession, touchSession } from '#db/queries/sessions';
import type { Person } from '../actor.ts';
import { isUuid } from '../uuid.ts';
import { idleSince } from './lifetime.ts';

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
