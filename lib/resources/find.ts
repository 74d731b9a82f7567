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

/** The resource with this URI or an equivalent one. @throws forbidden: the actor is not the operator; not_found: there is none */
export async function getResource(ctx: Context, uri: string): Promise<Resource> {
  requireOperator(ctx);
  const found = await findByUris(ctx.db, [uri]);
  const resource = found.get(uri);
  if (!resource) throw notFound('Resource');
  return resource;
}

/** The data of a resource that decides which tokens are issued for it. */
export type ResourceOffer = Pick<
  Resource,
  'uri' | 'name' | 'scopes' | 'accessTokenFormat' | 'lifetimeSeconds' | 'isDefault'
>;

/** The resources with these URIs or equivalent ones, by the URI as requested, in one query. Unknown URIs are skipped. */
export async function describeResources(db: Db, uris: readonly string[]): Promise<Map<string, ResourceOffer>> {
  const registry = registryResource();
  const own = uris.filter(isRegistryUri).map((uri) => [uri, registry] as const);
  const others = uris.filter((uri) => !isRegistryUri(uri));
  return new Map<string, ResourceOffer>([...own, ...(await findByUris(db, others))]);
}

async function findByUris(db: Db, uris: readonly string[]): Promise<Map<string, Resource>> {
  // PostgreSQL does not accept U+0000.
  const storable = uris.filter((uri) => !uri.includes('\0'));
  if (storable.length === 0) return new Map();
  const rows = await selectResourcesByUris(db, storable.flatMap(equivalentUris));
  const found = storable.flatMap((uri) => {
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

/** All resources, with the registry, by URI. They show a developer which resource to request for a scope. */
export async function listScopeResources(db: Db): Promise<ResourceOffer[]> {
  return [registryResource(), ...(await selectResources(db))];
}

/** Rule A16: the resources whose tokens a client may introspect. */
export const listIntrospectedResources = (db: Db, clientId: string): Promise<Pick<Resource, 'uri' | 'scopes'>[]> =>
  selectResourcesIntrospectedBy(db, clientId);

/** An API for which access tokens are issued (RFC 8707). */
export type Resource = {
  /** Absolute and without a fragment: the `aud` of its tokens. Clients send it, or an equivalent URI, as `resource`. */
  uri: string;
  name: string;
  /** The scopes that a token for it can have. */
  scopes: string[];
  accessTokenFormat: 'opaque' | 'jwt';
  /** The longest lifetime of a token for it; null: as its client registered. */
  lifetimeSeconds: number | null;
  /** The client that the API uses to introspect tokens (RFC 7662). */
  introspectedBy: string | null;
  /** The resource for scopes that several resources have, if the client requests none. At most one resource is the default. */
  isDefault: boolean;
  createdAt: Date;
};

/** A JWT cannot be revoked before it expires, so its lifetime is short. */
export const jwtLifetimeSecondsMax = 300;

/** Only the operator manages resources. @throws forbidden: the actor is not the operator */
export function requireOperator({ actor }: Context): void {
  if (actor.kind === 'command_line' || (actor.kind === 'person' && actor.isOperator && !actor.token)) return;
  throw forbidden('Only the operator manages resources.');
}
