import { asc, eq } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { scopes } from '../schema/scope.ts';

const columns = {
  name: scopes.name,
  group: scopes.group,
  access: scopes.access,
  sensitivity: scopes.sensitivity,
  texts: scopes.texts,
  position: scopes.position,
  advertised: scopes.advertised,
  openToStrangers: scopes.openToStrangers,
  retiredAt: scopes.retiredAt,
};

/** The whole catalogue in its order, including retired scopes, because clients still refer to them. */
export const selectScopes = (db: Db) => db.select(columns).from(scopes).orderBy(asc(scopes.position), asc(scopes.name));

/** Locks a scope for a change in the same transaction. */
export async function lockScope(db: Db, name: string) {
  const [row] = await db.select(columns).from(scopes).where(eq(scopes.name, name)).for('update');
  return row;
}

export async function updateScopeRow(db: Db, name: string, values: Partial<typeof scopes.$inferInsert>) {
  const [row] = await db.update(scopes).set(values).where(eq(scopes.name, name)).returning(columns);
  return row;
}
