import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { resources } from '../schema/resource.ts';

const columns = {
  uri: resources.uri,
  name: resources.name,
  scopes: resources.scopes,
  accessTokenFormat: resources.accessTokenFormat,
  lifetimeSeconds: resources.lifetimeSeconds,
  introspectedBy: resources.introspectedBy,
  isDefault: resources.isDefault,
  createdAt: resources.createdAt,
};

/** The resources whose URI is one of `uris`, without regard to case. `uris` are in lower case. */
export const selectResourcesByUris = (db: Db, uris: readonly string[]) =>
  db
    .select(columns)
    .from(resources)
    .where(inArray(sql`lower(${resources.uri})`, [...uris]))
    .orderBy(asc(resources.createdAt), asc(resources.uri));

export const selectResources = (db: Db) => db.select(columns).from(resources).orderBy(asc(resources.uri));

/** Returns undefined if a resource with this URI exists. */
export async function insertResource(db: Db, row: typeof resources.$inferInsert) {
  const [made] = await db.insert(resources).values(row).onConflictDoNothing().returning(columns);
  return made;
}

/** Locks a resource for a change in the same transaction. */
export async function lockResource(db: Db, uri: string) {
  const [row] = await db.select(columns).from(resources).where(eq(resources.uri, uri)).for('update');
  return row;
}

export async function updateResourceRow(db: Db, uri: string, values: Partial<typeof resources.$inferInsert>) {
  const [row] = await db.update(resources).set(values).where(eq(resources.uri, uri)).returning(columns);
  return row;
}

/** Removes the default flag from every other resource. */
export async function clearDefaultResource(db: Db, except: string): Promise<void> {
  await db
    .update(resources)
    .set({ isDefault: false })
    .where(and(resources.isDefault, ne(resources.uri, except)));
}

export async function deleteResource(db: Db, uri: string) {
  const [gone] = await db.delete(resources).where(eq(resources.uri, uri)).returning(columns);
  return gone;
}

/** The resources whose introspection client is this client. */
export const selectResourcesIntrospectedBy = (db: Db, clientId: string) =>
  db
    .select({ uri: resources.uri, scopes: resources.scopes })
    .from(resources)
    .where(eq(resources.introspectedBy, clientId))
    .orderBy(asc(resources.uri));
