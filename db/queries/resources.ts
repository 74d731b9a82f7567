import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { resourceIntrospectors, resources } from '../schema/resource.ts';

const columns = {
  uri: resources.uri,
  name: resources.name,
  scopes: resources.scopes,
  accessTokenFormat: resources.accessTokenFormat,
  lifetimeSeconds: resources.lifetimeSeconds,
  introspectedBy: sql<string[]>`(
    select coalesce(json_agg(i.client_id order by i.client_id), '[]')
    from ${resourceIntrospectors} as i where i.resource_uri = "resources"."uri")`,
  isDefault: resources.isDefault,
  version: resources.version,
  createdAt: resources.createdAt,
};

export const selectResources = (db: Db) => db.select(columns).from(resources).orderBy(asc(resources.uri));

/** Makes changes of resources wait for each other. */
export async function lockResources(db: Db): Promise<void> {
  await db.execute(sql`lock table ${resources} in share row exclusive mode`);
}

export async function insertResource(db: Db, row: typeof resources.$inferInsert): Promise<void> {
  await db.insert(resources).values(row);
}

export async function updateResourceRow(
  db: Db,
  uri: string,
  values: Partial<typeof resources.$inferInsert>,
): Promise<void> {
  await db
    .update(resources)
    .set({ ...values, version: sql`${resources.version} + 1` })
    .where(eq(resources.uri, uri));
}

/** Replaces the clients that introspect for a resource. */
export async function replaceIntrospectors(db: Db, uri: string, clientIds: readonly string[]): Promise<void> {
  await db.delete(resourceIntrospectors).where(eq(resourceIntrospectors.resourceUri, uri));
  if (clientIds.length > 0)
    await db.insert(resourceIntrospectors).values(clientIds.map((clientId) => ({ resourceUri: uri, clientId })));
}

/** Removes the default flag from every other resource. */
export async function clearDefaultResource(db: Db, except: string): Promise<void> {
  await db
    .update(resources)
    .set({ isDefault: false, version: sql`${resources.version} + 1` })
    .where(and(resources.isDefault, ne(resources.uri, except)));
}

export async function deleteResource(db: Db, uri: string): Promise<void> {
  await db.delete(resources).where(eq(resources.uri, uri));
}

/** The clients with these ids, and how each authenticates. */
export const selectAuthMethods = (db: Db, clientIds: readonly string[]) =>
  db
    .select({ clientId: clients.clientId, tokenEndpointAuthMethod: clients.tokenEndpointAuthMethod })
    .from(clients)
    .where(inArray(clients.clientId, [...clientIds]));
