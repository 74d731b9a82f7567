import type { Db } from '#db/client';
import { isIntrospectedBy, selectResource, selectResources } from '#db/queries/resources';
import type { Context } from '../context.ts';
import { requireOperator } from './operator.ts';
import type { Resource } from './resource.ts';
import { isRegistryUri, registryAudience, registryScopes } from './rules.ts';

/** All of them, by URI. Throws `forbidden` for everyone but the operator. */
export async function listResources(ctx: Context): Promise<Resource[]> {
  requireOperator(ctx);
  return selectResources(ctx.db);
}

/** What a client that asks for tokens is told of a resource. */
export type Offered = Pick<Resource, 'uri' | 'name' | 'scopes' | 'accessTokenFormat' | 'lifetimeSeconds'>;

/** What is offered under a URI, written as the operator did (a slash as the whole path is none), or at one of the registry's own; undefined when nothing is. */
export async function describeResource(db: Db, uri: string): Promise<Offered | undefined> {
  if (isRegistryUri(uri)) return registry();
  // PostgreSQL takes no U+0000.
  return uri.includes('\0') ? undefined : selectResource(db, spellingsOf(uri));
}

/** RFC 3986 §6.2.3: an empty path is `/`, and programs that parse what they send write it so. */
function spellingsOf(uri: string): string[] {
  const [, bare] = /^(https?:\/\/[^/?#]+)\/?$/i.exec(uri) ?? [];
  return bare === undefined ? [uri] : [uri, uri === bare ? `${bare}/` : bare];
}

const registry = (): Offered => ({
  uri: registryAudience(),
  name: 'Clientele',
  scopes: [...registryScopes],
  accessTokenFormat: 'opaque',
  lifetimeSeconds: null,
});

/** Rule A16: whether a client is the one as which that resource asks about tokens. */
export const asksFor = (db: Db, { clientId, uri }: { clientId: string; uri: string }): Promise<boolean> =>
  isIntrospectedBy(db, { clientId, uri });
