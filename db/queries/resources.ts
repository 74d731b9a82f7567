import { and, asc, eq } from 'drizzle-orm';
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

export async function selectResource(db: Db, uri: string) {
  const [row] = await db.select(columns).from(resources).where(eq(resources.uri, uri));
  return row;
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
