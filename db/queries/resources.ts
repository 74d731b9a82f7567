import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { resources } from '../schema/resource.ts';

const columns = {
  uri: resources.uri,
  name: resources.name,
  scopes: resources.scopes,
  accessTokenFormat: resources.accessTokenFormat,
  lifetimeSeconds: resources.lifetimeSeconds,
  introspectedBy: resources.introspectedBy,
  createdAt: resources.createdAt,
};

/** That of the first URI that is one's. */
export async function selectResource(db: Db, uris: readonly string[]) {
  const rows = await db
    .select(columns)
    .from(resources)
    .where(inArray(resources.uri, [...uris]));
  return rows.toSorted((one, other) => uris.indexOf(one.uri) - uris.indexOf(other.uri))[0];
}

export const selectResources = (db: Db) => db.select(columns).from(resources).orderBy(asc(resources.uri));

/** Undefined when there is one of that URI. */
export async function insertResource(db: Db, row: typeof resources.$inferInsert) {
  const [made] = await db.insert(resources).values(row).onConflictDoNothing().returning(columns);
  return made;
}

export async function deleteResource(db: Db, uri: string) {
  const [gone] = await db.delete(resources).where(eq(resources.uri, uri)).returning(columns);
  return gone;
}

/** Whether that client is the one as which the resource asks about tokens. */
export async function isIntrospectedBy(db: Db, where: { uri: string; clientId: string }): Promise<boolean> {
  const [row] = await db
    .select({ uri: resources.uri })
    .from(resources)
    .where(and(eq(resources.uri, where.uri), eq(resources.introspectedBy, where.clientId)));
  return row !== undefined;
}
