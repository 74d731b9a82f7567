import { and, asc, eq, max, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { grants } from '../schema/grant.ts';
import { members, organizations } from '../schema/organization.ts';
import { scopeAliases, scopes } from '../schema/scope.ts';
import { users } from '../schema/user.ts';

const columns = {
  name: scopes.name,
  group: scopes.group,
  access: scopes.access,
  sensitivity: scopes.sensitivity,
  texts: scopes.texts,
  position: scopes.position,
  advertised: scopes.advertised,
  openToStrangers: scopes.openToStrangers,
  openTo: scopes.openTo,
  namedClients: scopes.namedClients,
  implies: scopes.implies,
  isDefault: scopes.isDefault,
  isExample: scopes.isExample,
  version: scopes.version,
  retiredAt: scopes.retiredAt,
};

const formerNames = sql<{ name: string; acceptedUntil: string }[]>`(
  select coalesce(json_agg(json_build_object('name', a.name, 'acceptedUntil', a.accepted_until) order by a.created_at, a.name), '[]')
  from ${scopeAliases} as a where a.scope_name = "scopes"."name")`;

/** The whole catalogue in its order, including retired scopes, because clients still refer to them. */
export const selectScopes = (db: Db) =>
  db
    .select({ ...columns, formerNames })
    .from(scopes)
    .orderBy(asc(scopes.position), asc(scopes.name));

/** Makes changes of the catalogue wait for each other, because a rule compares scopes with each other. */
export async function lockCatalogue(db: Db): Promise<void> {
  await db.execute(sql`lock table ${scopes} in share row exclusive mode`);
}

export async function insertScope(db: Db, row: typeof scopes.$inferInsert): Promise<void> {
  await db.insert(scopes).values(row);
}

/** Returns false if the scope does not exist. */
export async function updateScopeRow(
  db: Db,
  name: string,
  values: Partial<typeof scopes.$inferInsert>,
): Promise<boolean> {
  const changed = await db
    .update(scopes)
    .set({ ...values, version: sql`${scopes.version} + 1` })
    .where(eq(scopes.name, name))
    .returning({ name: scopes.name });
  return changed.length > 0;
}

export async function selectLastPosition(db: Db): Promise<number> {
  const [row] = await db.select({ last: max(scopes.position) }).from(scopes);
  return row?.last ?? 0;
}

/** The clients that have a scope and the people that granted it, each counted as far as `most`. */
export async function countScopeUse(db: Db, { name, most }: { name: string; most: number }) {
  const has = (column: typeof clients.scopes | typeof grants.scopes) => sql`${column} @> array[${name}]::text[]`;
  const [row] = await db.execute<{ apps: number; people: number }>(sql`select
    (select count(*)::int from (select 1 from ${clients} where ${has(clients.scopes)} limit ${most}) as found) as apps,
    (select count(distinct user_id)::int from (select user_id from ${grants} where ${has(grants.scopes)} limit ${most}) as found) as people`);
  return { apps: row?.apps ?? 0, people: row?.people ?? 0 };
}

/** The names that no client has, of `names`. */
export async function selectUnusedScopes(db: Db, names: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ name: scopes.name })
    .from(scopes)
    .where(
      and(
        sql`${scopes.name} = any(${sql.param([...names])}::text[])`,
        // Table names are written out, because Drizzle omits them in a select from one table.
        sql`not exists (select from ${clients} where "clients"."scopes" @> array["scopes"."name"])`,
      ),
    );
  return rows.map(({ name }) => name);
}

/**
 * The owners of organizations with clients that have a scope, one row for each owner and organization, after the place `after` and in the
 * order of places. Owners without a verified address are left out.
 */
export const selectOwnersOfScope = (db: Db, { name, after, limit }: { name: string; after: string; limit: number }) => {
  const has = sql`c.scopes @> array[${name}]::text[]`;
  return db.execute<{ place: string; organization: string; email: string; apps: string[] }>(sql`
    with affected as (select c.organization_id, array_agg(c.name order by c.name) as apps from ${clients} as c where ${has} group by 1)
    select o.id::text || u.id as place, o.name as organization, u.email, affected.apps[:50] as apps
    from affected join ${organizations} as o on o.id = affected.organization_id
      join ${members} as m on m.organization_id = o.id and m.role = 'owner'
      join ${users} as u on u.id = m.user_id and u.disabled_at is null and u.email_verified_at is not null
    where o.id::text || u.id > ${after} order by 1 limit ${limit}`);
};
