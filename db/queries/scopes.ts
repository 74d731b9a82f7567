import { asc } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { scopes } from '../schema/scope.ts';

/** The whole catalogue in its order, retired scopes as well: clients still name them. */
export function selectScopes(db: Db) {
  return db
    .select({
      name: scopes.name,
      group: scopes.group,
      access: scopes.access,
      sensitivity: scopes.sensitivity,
      texts: scopes.texts,
      position: scopes.position,
      retiredAt: scopes.retiredAt,
    })
    .from(scopes)
    .orderBy(asc(scopes.position), asc(scopes.name));
}
