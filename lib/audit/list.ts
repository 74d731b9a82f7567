import { selectAuditEvents } from '#db/queries/audit';
import type { Context } from '../context.ts';

export type AuditEvent = {
  id: number;
  at: Date;
  actorKind: 'user' | 'token' | 'client' | 'operator' | 'system' | 'anonymous';
  /** The acting person's name now, or null when there is none (any more). */
  actorName: string | null;
  channel: string;
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** The history of one thing, newest first, `limit` rows before the event `before`. The caller has authorized the reader. */
export function listAuditEvents(
  ctx: Context,
  target: { type: string; id: string },
  page: { limit: number; before?: number },
): Promise<AuditEvent[]> {
  return selectAuditEvents(ctx.db, target, page);
}
