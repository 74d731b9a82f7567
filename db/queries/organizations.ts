import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { domains } from '../schema/domain.ts';
import { grants } from '../schema/grant.ts';
import { invitations, members, organizations, products } from '../schema/organization.ts';
import { initialAccessTokens } from '../schema/registration.ts';
import { apiTokens } from '../schema/token.ts';
import { inSteps } from './in-steps.ts';

const columns = {
  id: organizations.id,
  number: organizations.number,
  externalId: organizations.externalId,
  name: organizations.name,
  parentId: organizations.parentId,
  personalOf: organizations.personalOf,
  createdAt: organizations.createdAt,
};

export async function insertOrganization(db: Db, row: { name: string; externalId: string; parentId: string | null }) {
  const [made] = await db.insert(organizations).values(row).returning(columns);
  if (!made) throw new Error('organization was not stored');
  return made;
}

/** The organization if it is among `within` (`'all'`: any); `lock` locks its row, so that changes of its members are serialized. */
export async function selectOrganization(
  db: Db,
  where: { id: string; within: readonly string[] | 'all'; lock?: boolean },
) {
  if (where.within !== 'all' && !where.within.includes(where.id)) return undefined;
  const query = db.select(columns).from(organizations).where(eq(organizations.id, where.id));
  const [row] = await (where.lock ? query.for('update') : query);
  return row;
}

/** Locks an organization and its products until the transaction ends; returns false if it does not exist. */
export async function lockOrganizationRow(db: Db, id: string): Promise<boolean> {
  const held = await db
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, id))
    .for('key share');
  return held.length > 0;
}

/** A person's organizations, the personal one first, each with the person's role. */
export function selectOrganizationsOf(db: Db, where: { userId: string; within: readonly string[] }) {
  return db
    .select({
      ...columns,
      role: members.role,
      memberCount: sql<number>`(select count(*)::int from ${members} as every_member where every_member.organization_id = ${organizations.id})`,
    })
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .where(and(eq(members.userId, where.userId), inArray(members.organizationId, [...where.within])))
    .orderBy(isNull(organizations.personalOf), asc(sql`lower(${organizations.name})`), asc(organizations.id));
}

export async function selectPersonalOrganization(db: Db, userId: string) {
  const [row] = await db.select(columns).from(organizations).where(eq(organizations.personalOf, userId));
  return row;
}

export async function updateOrganizationName(db: Db, id: string, name: string): Promise<void> {
  await db.update(organizations).set({ name }).where(eq(organizations.id, id));
}

/** Deletes an organization and its data. Large tables come first, in steps. */
export async function deleteOrganization(db: Db, id: string): Promise<void> {
  await inSteps(db, (db, limit) => {
    const some = db.select({ id: grants.id }).from(grants).where(eq(grants.organizationId, id)).limit(limit);
    return db.update(grants).set({ organizationId: null }).where(inArray(grants.id, some));
  });
  for (const table of [apiTokens, invitations, members, products, domains, initialAccessTokens])
    await inSteps(db, (db, limit) =>
      db.execute(sql`
        delete from ${table} where ctid = any(array(select ctid from ${table} where organization_id = ${id}::uuid limit ${limit}))`),
    );
  await db.delete(organizations).where(eq(organizations.id, id));
}

/** Whether this organization is the parent of another one. */
export async function hasChildren(db: Db, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.parentId, id))
    .limit(1);
  return rows.length > 0;
}

export async function hasClients(db: Db, id: string): Promise<boolean> {
  const rows = await db
    .select({ clientId: clients.clientId })
    .from(clients)
    .where(eq(clients.organizationId, id))
    .limit(1);
  return rows.length > 0;
}

/** Whether an organization is a descendant of another one. */
export async function isOrganizationBelow(db: Db, where: { organizationId: string; above: string }): Promise<boolean> {
  const found = sql`
    with recursive parents (id) as (
      select parent_id from ${organizations} where id = ${where.organizationId}::uuid
      union
      select o.parent_id from ${organizations} o join parents on o.id = parents.id
    )
    select 1 from parents where id = ${where.above}::uuid`;
  return (await db.execute(found)).length > 0;
}

/** The organization that owns a client, if it is the given one or its descendant. */
export async function selectOwnerWithin(
  db: Db,
  where: { clientId: string; organizationId: string },
): Promise<string | undefined> {
  const [row] = await db.execute<{ id: string }>(sql`
    with recursive owner (id) as (
      select organization_id from ${clients} where client_id = ${where.clientId}::uuid
    ),
    chain (id) as (
      select id from owner
      union
      select o.parent_id from ${organizations} o join chain on o.id = chain.id
    )
    select id from owner where ${where.organizationId}::uuid in (select id from chain)`);
  return row?.id;
}
