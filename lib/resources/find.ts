import type { Db } from '#db/client';
import { selectResources } from '#db/queries/resources';
import { registryScopes } from '#lib/kernel/actor';
import { readConfigured } from '#lib/kernel/configured';
import type { Context } from '#lib/kernel/context';
import { notFound } from '#lib/kernel/errors';
import { requirePlatform } from '#lib/platform/index';
import { canonicalUri, isRegistryUri, registryAudience } from './rules.ts';

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
  /** The ids of the clients that the API uses to introspect its tokens (RFC 7662). */
  introspectedBy: string[];
  /** The operator's choice for scopes that several resources offer; one at most. */
  isDefault: boolean;
  /** Grows by one with every change. */
  version: number;
  createdAt: Date;
};

/** A JWT cannot be taken back before it ends. */
export const jwtLifetimeSecondsMax = 300;

/** All resources, ordered by URI; a process reads them once and again after each change. */
const readResources = (db: Db): Promise<Resource[]> => readConfigured('resources', db, selectResources);

/** All resources, ordered by URI. @throws forbidden: the actor is not the operator */
export async function listResources(ctx: Context): Promise<Resource[]> {
  requirePlatform(ctx, 'resource.list');
  return readResources(ctx.db);
}

/** The resource with this URI, in any equivalent spelling. @throws forbidden: the actor is not the operator; not_found: there is none */
export async function getResource(ctx: Context, uri: string): Promise<Resource> {
  requirePlatform(ctx, 'resource.show');
  return resourceAt(await readResources(ctx.db), uri);
}

/** @throws not_found: none has this URI, in any equivalent spelling */
export function resourceAt(all: readonly Resource[], uri: string): Resource {
  const resource = findAt(all, uri);
  if (!resource) throw notFound('Resource');
  return resource;
}

/** The resource that a URI means: the one in the same spelling if there is one. */
export function findAt(all: readonly Resource[], uri: string): Resource | undefined {
  const meaning = canonicalUri(uri);
  const same = all.filter((one) => canonicalUri(one.uri) === meaning);
  return same.find((one) => one.uri === uri) ?? same[0];
}

/** What a client that asks for tokens is told of a resource. */
export type ResourceOffer = Pick<
  Resource,
  'uri' | 'name' | 'scopes' | 'accessTokenFormat' | 'lifetimeSeconds' | 'isDefault'
>;

/** The resources that some URIs mean, by the URI as it was asked for; what means none is left out. */
export async function describeResources(db: Db, uris: readonly string[]): Promise<Map<string, ResourceOffer>> {
  const all = await readResources(db);
  return new Map(
    uris.flatMap((uri): [string, ResourceOffer][] => {
      const resource = isRegistryUri(uri) ? registryResource() : findAt(all, uri);
      return resource ? [[uri, resource]] : [];
    }),
  );
}

/** The resources that offer any of the scopes, ordered by URI. */
export const offersOf = async (db: Db, scopes: readonly string[]): Promise<ResourceOffer[]> =>
  (await readResources(db)).filter((one) => one.scopes.some((name) => scopes.includes(name)));

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
export const listScopeResources = async (db: Db): Promise<ResourceOffer[]> => [
  registryResource(),
  ...(await readResources(db)),
];

/** Rule A16: the resources about whose tokens a client asks. */
export const listIntrospectedResources = async (
  db: Db,
  clientId: string,
): Promise<Pick<Resource, 'uri' | 'scopes'>[]> =>
  (await readResources(db)).filter(({ introspectedBy }) => introspectedBy.includes(clientId));
