import { and, desc, eq, lt } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { auditEvents } from '../schema/audit.ts';
import { users } from '../schema/user.ts';

/** A statement has at most 65,534 parameters. */
const eventsAtOnce = 1000;

export async function insertAuditEvents(
  db: Db,
  events: Omit<typeof auditEvents.$inferInsert, 'id' | 'at'>[],
): Promise<void> {
  for (let at = 0; at < events.length; at += eventsAtOnce)
    await db.insert(auditEvents).values(events.slice(at, at + eventsAtOnce));
}

export function selectAuditEvents(
  db: Db,
  target: { type: string; id: string },
  page: { limit: number; before?: number | undefined },
) {
  return db
    .select({
      id: auditEvents.id,
      at: auditEvents.at,
      actorKind: auditEvents.actorKind,
      actorName: users.name,
      channel: auditEvents.channel,
      action: auditEvents.action,
      before: auditEvents.before,
      after: auditEvents.after,
    })
    .from(auditEvents)
    .leftJoin(users, eq(users.id, auditEvents.actorId))
    .where(
      and(
        eq(auditEvents.targetType, target.type),
        eq(auditEvents.targetId, target.id),
        page.before === undefined ? undefined : lt(auditEvents.id, page.before),
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(page.limit);
}

/** The latest event with an action on a target; uses the target's index. */
export async function selectLatestEvent(db: Db, where: { targetType: string; targetId: string; action: string }) {
  const [event] = await db
    .select({ at: auditEvents.at, before: auditEvents.before, after: auditEvents.after })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.targetType, where.targetType),
        eq(auditEvents.targetId, where.targetId),
        eq(auditEvents.action, where.action),
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(1);
  return event;
}
