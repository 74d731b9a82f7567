import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { grants } from '../schema/grant.ts';
import { members } from '../schema/organization.ts';
import { pairwiseSubjects } from '../schema/pairwise-subject.ts';
import { users } from '../schema/user.ts';

const columns = {
  id: grants.id,
  userId: grants.userId,
  clientId: grants.clientId,
  organizationId: grants.organizationId,
  scopes: grants.scopes,
  declined: grants.declined,
  resources: grants.resources,
  claims: grants.claims,
  snapshot: grants.snapshot,
  createdAt: grants.createdAt,
  updatedAt: grants.updatedAt,
  lastUsedAt: grants.lastUsedAt,
};

/** The client's current description, to compare with the one at the time of consent. */
const client = {
  metadataUrl: clients.metadataUrl,
  name: clients.name,
  logoUri: clients.logoUri,
  redirectUris: clients.redirectUris,
  jwks: clients.jwks,
  jwksUri: clients.jwksUri,
};

/** The limit for counting people. */
export const peopleMax = 1000;

/** The number of people with a grant to the row's client, counted up to `peopleMax`. */
export const people = sql<number>`(select count(*)::int from (
  select 1 from ${grants} as g where g.client_id = "clients"."client_id" limit ${sql.raw(String(peopleMax))}) as counted)`;

/** Like `people`, for one client. */
export async function countPeopleOf(db: Db, clientId: string): Promise<number> {
  const [row] = await db.select({ people }).from(clients).where(eq(clients.clientId, clientId));
  return row?.people ?? 0;
}

/** A person's grant to a client. */
export async function selectGrantOf(db: Db, of: { userId: string; clientId: string }) {
  const [row] = await selectGrants(db).where(and(eq(grants.userId, of.userId), eq(grants.clientId, of.clientId)));
  return row;
}

export async function selectGrantById(db: Db, id: string) {
  const [row] = await selectGrants(db).where(eq(grants.id, id));
  return row;
}

const selectGrants = (db: Db) =>
  db
    .select({ ...columns, client })
    .from(grants)
    .innerJoin(clients, eq(clients.clientId, grants.clientId))
    .$dynamic();

/**
 * Locks a client until the transaction ends and returns its description; undefined if there is none. Lock the client before
 * its grants, as its deletion does, so that both take their locks in the same order.
 */
export async function lockDescribedClient(db: Db, clientId: string) {
  const [row] = await db.select(client).from(clients).where(eq(clients.clientId, clientId)).for('key share');
  return row;
}

type Allowed = Pick<typeof grants.$inferInsert, 'userId' | 'clientId' | 'organizationId' | 'snapshot'> & {
  scopes: string[];
  declined: string[];
  resources: Record<string, string[]>;
  claims: string[];
};

/** The union for each resource, without the scopes declined now. */
const unionOfResources = sql`(
  select coalesce(jsonb_object_agg(uri, scopes), '{}') from (
    select each.key as uri, coalesce(jsonb_agg(distinct scope) filter (where not scope = any(excluded.declined)), '[]') as scopes
    from (select * from jsonb_each(grants.resources) union all select * from jsonb_each(excluded.resources)) as each
    left join lateral jsonb_array_elements_text(each.value) as scope on true group by each.key) as of_each)`;

/** Adds what a person allows to their existing grant, in one statement that is safe under concurrency. */
export async function upsertGrant(db: Db, { scopes, declined, claims, resources, ...row }: Allowed) {
  const union = (before: unknown, now: unknown, but: unknown) => sql`(
    select coalesce(array_agg(distinct one), '{}') from unnest(${before} || ${now}) as one where not one = any(${but}))`;
  const [kept] = await db
    .insert(grants)
    .values({ ...row, scopes, declined, claims, resources })
    .onConflictDoUpdate({
      target: [grants.userId, grants.clientId],
      set: {
        organizationId: sql`excluded.organization_id`,
        scopes: union(sql`grants.scopes`, sql`excluded.scopes`, sql`excluded.declined`),
        declined: union(sql`grants.declined`, sql`excluded.declined`, sql`excluded.scopes`),
        claims: union(sql`grants.claims`, sql`excluded.claims`, sql`'{}'::text[]`),
        resources: unionOfResources,
        snapshot: sql`excluded.snapshot`,
        updatedAt: sql`date_trunc('milliseconds', now())`,
      },
    })
    .returning({ ...columns, isNew: sql<boolean>`xmax = 0` });
  if (!kept) throw new Error('the grant was not kept');
  return kept;
}

/** Stores the time of use, unless one since `before` is stored already. */
export async function touchGrant(db: Db, used: { id: string; now: Date; before: Date }): Promise<void> {
  await db
    .update(grants)
    .set({ lastUsedAt: used.now })
    .where(and(eq(grants.id, used.id), or(isNull(grants.lastUsedAt), lt(grants.lastUsedAt, used.before))));
}

/**
 * The grant of the person with this subject at a client; undefined if the account is closed. `isMember` says whether the person belongs to
 * the client's organization.
 */
export async function selectGrantOfSubject(db: Db, of: { subject: string; clientId: string; organizationId: string }) {
  const paired = db
    .select({ userId: pairwiseSubjects.userId })
    .from(pairwiseSubjects)
    .where(eq(pairwiseSubjects.subject, of.subject));
  const [row] = await db
    .select({
      scopes: grants.scopes,
      createdAt: grants.createdAt,
      isMember: sql<boolean>`${members.userId} is not null`,
    })
    .from(grants)
    .innerJoin(users, and(eq(users.id, grants.userId), isNull(users.disabledAt)))
    .leftJoin(members, and(eq(members.userId, users.id), eq(members.organizationId, of.organizationId)))
    .where(and(eq(grants.clientId, of.clientId), or(eq(users.id, of.subject), inArray(users.id, paired))));
  return row;
}
