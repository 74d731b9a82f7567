import { selectLiveSessionsOf } from '#db/queries/sessions';
import { requirePerson } from '../access.ts';
import type { Context } from '../context.ts';
import { idleSince } from './lifetime.ts';

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
