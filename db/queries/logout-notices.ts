import { eq, inArray, lte, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { artifacts } from '../schema/artifact.ts';
import { clients } from '../schema/client.ts';
import { logoutNotices } from '../schema/logout-notice.ts';

/** Stores logout notices for the clients of these sessions that registered for them. Call it before the sessions' artifacts are deleted. */
export async function insertLogoutNotices(db: Db, sessionIds: readonly string[]): Promise<void> {
  await db.execute(sql`
    insert into ${logoutNotices} (client_id, user_id, sid)
    select c.client_id, a.user_id, used.value ->> 'sid'
    from ${artifacts} as a cross join lateral jsonb_each(a.payload -> 'authorizations') as used
    join ${clients} as c on c.backchannel_logout_uri is not null
      and (c.client_id = case when used.key like 'https:%' then null else used.key::uuid end or c.metadata_url = used.key)
    where a.kind = 'Session' and a.session_id in (${sql.join(
      sessionIds.map((id) => sql`${id}::uuid`),
      sql`, `,
    )}) and used.value ->> 'sid' is not null`);
}

/** Takes due notices and postpones them until `again`, so that another process takes over if this one ends. */
export async function takeDueNotices(db: Db, { now, again, limit }: { now: Date; again: Date; limit: number }) {
  const due = db
    .select({ id: logoutNotices.id })
    .from(logoutNotices)
    .where(lte(logoutNotices.nextAt, now))
    .orderBy(logoutNotices.nextAt)
    .limit(limit)
    .for('update', { skipLocked: true });
  const taken = await db
    .update(logoutNotices)
    .set({ nextAt: again, attempts: sql`${logoutNotices.attempts} + 1` })
    .where(inArray(logoutNotices.id, due))
    .returning({ id: logoutNotices.id });
  if (taken.length === 0) return [];
  return db
    .select({
      id: logoutNotices.id,
      userId: logoutNotices.userId,
      sid: logoutNotices.sid,
      attempts: logoutNotices.attempts,
      clientId: clients.clientId,
      protocolId: sql<string>`coalesce(${clients.metadataUrl}, ${clients.clientId}::text)`,
      uri: clients.backchannelLogoutUri,
      sessionRequired: clients.backchannelLogoutSessionRequired,
      alg: clients.idTokenSignedResponseAlg,
      subjectType: clients.subjectType,
      sectorIdentifierUri: clients.sectorIdentifierUri,
      redirectUris: clients.redirectUris,
    })
    .from(logoutNotices)
    .innerJoin(clients, eq(clients.clientId, logoutNotices.clientId))
    .where(
      inArray(
        logoutNotices.id,
        taken.map(({ id }) => id),
      ),
    );
}

export async function deleteLogoutNotice(db: Db, id: string): Promise<void> {
  await db.delete(logoutNotices).where(eq(logoutNotices.id, id));
}

export async function postponeLogoutNotice(db: Db, id: string, nextAt: Date): Promise<void> {
  await db.update(logoutNotices).set({ nextAt }).where(eq(logoutNotices.id, id));
}
