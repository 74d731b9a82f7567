import { eq, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { grants } from '../schema/grant.ts';
import { resources } from '../schema/resource.ts';
import { scopeAliases, scopes } from '../schema/scope.ts';

/**
 * Renames a scope: in the catalogue, in resources, clients and grants, and adds its former name. Run it in a transaction that has locked
 * the catalogue.
 */
export async function replaceScopeName(
  db: Db,
  { from, to, acceptedUntil }: { from: string; to: string; acceptedUntil: Date },
): Promise<void> {
  await db.update(scopes).set({ name: to }).where(eq(scopes.name, from));
  await db.insert(scopeAliases).values({ name: from, scopeName: to, acceptedUntil });
  const replaced = (column: unknown) => sql`array_replace(${column}, ${from}, ${to})`;
  const has = (column: unknown) => sql`${column} @> array[${from}]::text[]`;
  await db
    .update(scopes)
    .set({ implies: replaced(scopes.implies), version: sql`${scopes.version} + 1` })
    .where(has(scopes.implies));
  await db
    .update(resources)
    .set({ scopes: replaced(resources.scopes), version: sql`${resources.version} + 1` })
    .where(has(resources.scopes));
  await db
    .update(clients)
    .set({
      scopes: replaced(clients.scopes),
      optionalScopes: replaced(clients.optionalScopes),
      version: sql`${clients.version} + 1`,
    })
    .where(has(clients.scopes));
  await db
    .update(grants)
    .set({ scopes: replaced(grants.scopes), declined: replaced(grants.declined), resources: renamedIn(from, to) })
    .where(sql`${has(grants.scopes)} or ${has(grants.declined)}`);
}

/** The scopes of each resource of a grant, with the new name. */
const renamedIn = (from: string, to: string) => sql`coalesce((
  select jsonb_object_agg(of.key, (
    select coalesce(jsonb_agg(case when one = ${from} then ${to}::text else one end), '[]')
    from jsonb_array_elements_text(of.value) as one))
  from jsonb_each(${grants.resources}) as of), '{}')`;
