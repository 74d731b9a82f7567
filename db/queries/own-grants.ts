import { and, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { artifacts } from '../schema/artifact.ts';
import { clients } from '../schema/client.ts';
import { grants } from '../schema/grant.ts';
import { organizations } from '../schema/organization.ts';
import { sessions } from '../schema/user.ts';
import { notEnded } from './endings.ts';
import { withRetries } from './in-steps.ts';
import { selectPublicClients } from './public-info.ts';

/** The owner of grants: a person. With a token's `organizationId`, only the grants for this organization and for none count. */
export type GrantOwner = { userId: string; organizationId?: string | undefined };
export type GrantSort = 'created' | 'updated' | 'used';
/** The end of a page: the time of its last row, and the row's id if several may have the same time. */
export type GrantPosition = { at: Date; id?: string };

const ofPerson = ({ userId, organizationId }: GrantOwner): SQL | undefined =>
  and(
    eq(grants.userId, userId),
    organizationId === undefined
      ? undefined
      : or(eq(grants.organizationId, organizationId), isNull(grants.organizationId)),
  );

/** Tokens that are valid now, without codes and device codes. */
const liveTokens = (now: Date) => sql<number>`(
  select count(*)::int from ${artifacts} left join ${sessions} as s on s.id = artifacts.session_id
  where artifacts.grant_id = ${grants.id} and artifacts.kind in ('AccessToken', 'RefreshToken') and artifacts.consumed_at is null
    and (artifacts.expires_at is null or artifacts.expires_at > ${now.toISOString()}::timestamptz)
    and (artifacts.session_id is null or (s.ended_at is null and s.expires_at > ${now.toISOString()}::timestamptz))
    and ${clients.status} = 'active' and ${notEnded})`;

const columns = (now: Date) => ({
  id: grants.id,
  userId: grants.userId,
  clientId: grants.clientId,
  organizationId: grants.organizationId,
  organizationName: organizations.name,
  scopes: grants.scopes,
  declined: grants.declined,
  createdAt: grants.createdAt,
  updatedAt: grants.updatedAt,
  lastUsedAt: grants.lastUsedAt,
  publisherId: clients.organizationId,
  redirectUris: clients.redirectUris,
  optionalScopes: clients.optionalScopes,
  resources: grants.resources,
  liveTokens: liveTokens(now),
});

const sortTimes: Record<GrantSort, SQL> = {
  created: sql`${grants.createdAt}`,
  updated: sql`${grants.updatedAt}`,
  used: sql`coalesce(${grants.lastUsedAt}, ${grants.createdAt})`,
};

/** Newest first. */
export async function selectOwnGrants(
  db: Db,
  of: GrantOwner,
  page: { sort?: GrantSort; after?: GrantPosition | undefined; limit: number; offset?: number; now: Date },
) {
  const moment = sortTimes[page.sort ?? 'created'];
  const rows = await selectFrom(db, page.now)
    .where(and(ofPerson(of), page.after && isAfter(moment, page.after)))
    .orderBy(desc(moment), desc(grants.id))
    .limit(page.limit)
    .offset(page.offset ?? 0);
  return withClients(db, rows);
}

const isAfter = (moment: SQL, { at, id }: GrantPosition) => {
  const then = sql`${at.toISOString()}::timestamptz`;
  return id === undefined ? sql`${moment} < ${then}` : sql`(${moment}, ${grants.id}) < (${then}, ${id}::uuid)`;
};

export async function countOwnGrants(db: Db, of: GrantOwner): Promise<number> {
  return db.$count(
    grants,
    and(ofPerson(of), sql`exists (select 1 from ${clients} as c where c.client_id = "grants"."client_id")`),
  );
}

export async function selectOwnGrant(db: Db, of: GrantOwner, which: { id: string } | { clientId: string }, now: Date) {
  const named = 'id' in which ? eq(grants.id, which.id) : eq(grants.clientId, which.clientId);
  const rows = await withRetries(db, (db) => selectFrom(db, now).where(and(ofPerson(of), named)));
  if (!rows) throw Object.assign(new Error('the tokens of a grant were not counted in time'), { code: '57014' });
  const [found] = await withClients(db, rows.is);
  return found;
}

/** Adds public client data by id. A join would compute the view for every client. */
async function withClients<Row extends { clientId: string }>(db: Db, rows: readonly Row[]) {
  const ids = rows.map(({ clientId }) => clientId);
  const found = ids.length > 0 ? await selectPublicClients(db, ids) : [];
  const byId = new Map(found.map((client) => [client.clientId, client]));
  return rows.flatMap((row) => {
    const client = byId.get(row.clientId);
    return client ? [{ ...row, client }] : [];
  });
}

const selectFrom = (db: Db, now: Date) =>
  db
    .select(columns(now))
    .from(grants)
    .innerJoin(clients, eq(clients.clientId, grants.clientId))
    .leftJoin(organizations, eq(organizations.id, grants.organizationId))
    .$dynamic();

/**
 * Locks a person's grant until the transaction ends, so that no token is issued under it meanwhile; returns false if it does not exist.
 * Locks its client first, as a deletion of the client does, so that both take their locks in the same order.
 */
export async function lockOwnGrant(db: Db, of: GrantOwner, id: string): Promise<boolean> {
  const wanted = and(ofPerson(of), eq(grants.id, id));
  await db
    .select({ clientId: clients.clientId })
    .from(clients)
    .innerJoin(grants, eq(grants.clientId, clients.clientId))
    .where(wanted)
    .for('key share', { of: clients });
  const locked = await db.select({ id: grants.id }).from(grants).where(wanted).for('update');
  return locked.length > 0;
}

type ReducedGrant = { scopes: string[]; declined: string[]; resources: Record<string, string[]>; updatedAt: Date };

export async function reduceGrant(db: Db, id: string, to: ReducedGrant): Promise<void> {
  await db.update(grants).set(to).where(eq(grants.id, id));
}

/** Deletes only the row. The tokens of the grant end at once and are deleted by its ending. */
export async function deleteGrantRow(db: Db, id: string): Promise<void> {
  await db.delete(grants).where(eq(grants.id, id));
}
