import type { Db } from '#db/client';
import { selectResources, selectResourcesByUris, selectResourcesIntrospectedBy } from '#db/queries/resources';
import type { Context } from '#lib/kernel/context';
import { forbidden, notFound } from '#lib/kernel/errors';
import { canonicalUri, equivalentUris, isRegistryUri, registryAudience, registryScopes } from './rules.ts';

/** All resources, ordered by URI. @throws forbidden: the actor is not the operator */
export async function listResources(ctx: Context): Promise<Resource[]> {
  requireOperator(ctx);
  return selectResources(ctx.db);
}

/** The resource with this URI, in any equivalent spelling. @throws forbidden: the actor is not the operator; not_found: there is none */
export async function getResource(ctx: Context, uri: string): Promise<Resource> {
  requireOperator(ctx);
  const found = await findSpelled(ctx.db, [uri]);
  const resource = found.get(uri);
  if (!resource) throw notFound('Resource');
  return resource;
}

/** What a client that asks for tokens is told of a resource. */
export type ResourceOffer = Pick<
  Resource,
  'uri' | 'name' | 'scopes' | 'accessTokenFormat' | 'lifetimeSeconds' | 'isDefault'
>;

/** The resources that some URIs mean, by the URI as it was asked for; what means none is left out. One query. */
export async function describeResources(db: Db, uris: readonly string[]): Promise<Map<string, ResourceOffer>> {
  const registry = registryResource();
  const own = uris.filter(isRegistryUri).map((uri) => [uri, registry] as const);
  const others = uris.filter((uri) => !isRegistryUri(uri));
  return new Map<string, ResourceOffer>([...own, ...(await findSpelled(db, others))]);
}

async function findSpelled(db: Db, uris: readonly string[]): Promise<Map<string, Resource>> {
  // PostgreSQL takes no U+0000.
  const askable = uris.filter((uri) => !uri.includes('\0'));
  if (askable.length === 0) return new Map();
  const rows = await selectResourcesByUris(db, askable.flatMap(equivalentUris));
  const found = askable.flatMap((uri) => {
    const same = rows.filter((row) => canonicalUri(row.uri) === canonicalUri(uri));
    const row = same.find((one) => one.uri === uri) ?? same[0];
    return row ? [[uri, row] as const] : [];
  });
  return new Map(found);
}

/** The registry itself as a resource. */
export const registryResource = (): ResourceOffer => ({
  uri: registryAudience(),
  name: 'Clientele',
  scopes: [...registryScopes],
  accessTokenFormat: 'opaque',
  lifetimeSeconds: null,
  isDefault: false,
});

/** The resources that offer scopes, the registry among them, by URI; what a developer has to name to get a token for one. */
export async function listScopeResources(db: Db): Promise<ResourceOffer[]> {
  return [registryResource(), ...(await selectResources(db))];
}

/** Rule A16: the resources about whose tokens a client asks. */
export const listIntrospectedResources = (db: Db, clientId: string): Promise<Pick<Resource, 'uri' | 'scopes'>[]> =>
  selectResourcesIntrospectedBy(db, clientId);

/** An API for which access tokens are issued (RFC 8707). */
export type Resource = {
  /** Absolute and without a fragment: the `aud` of its tokens, which clients name in `resource` in any spelling of the same meaning. */
  uri: string;
  name: string;
  /** What can be allowed there: names of the catalogue. */
  scopes: string[];
  accessTokenFormat: 'opaque' | 'jwt';
  /** The longest that a token for it lives; null: as its client registered. */
  lifetimeSeconds: number | null;
  /** The client as which the API itself asks about tokens (RFC 7662). */
  introspectedBy: string | null;
  /** The operator's choice for scopes that several resources offer; one at most. */
  isDefault: boolean;
  createdAt: Date;
};

/** A JWT cannot be taken back before it ends. */
export const jwtLifetimeSecondsMax = 300;

/** Only the operator manages resources. @throws forbidden: the actor is not the operator */
export function requireOperator({ actor }: Context): void {
  if (actor.kind === 'command_line' || (actor.kind === 'person' && actor.isOperator && !actor.token)) return;
  throw forbidden('Only the operator keeps the list of resources.');
}
