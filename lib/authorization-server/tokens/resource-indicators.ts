import { errors, type KoaContextWithOIDC, type Provider, type ResourceServer } from 'oidc-provider';
import type { ResourceOffer } from '#lib/resources/index';
import { clientOf } from '../clients/registered-client.ts';
import { currentRequest } from '../request-state.ts';
import { combinedResource, impliedAudience, requireOneToken } from './audience.ts';
import { isOfPeople, scopesOfPrograms } from './granted-scope.ts';
import { noSuchTarget } from './refuse.ts';
import { findTargets } from './targets.ts';

type Source = InstanceType<Provider['AuthorizationCode' | 'DeviceCode' | 'RefreshToken']>;
type Grant = InstanceType<Provider['Grant']>;

/**
 * The resources of a request that names none (RFC 8707): they follow from its scopes (`audience.ts`). oidc-provider supports one resource per
 * token and gets the first; `overrides/tokens.ts` sets the whole audience.
 * @throws invalid_target: the resources stay ambiguous
 */
export async function chooseResources(ctx: KoaContextWithOIDC, _client: unknown, oneOf?: readonly string[]) {
  if (oneOf) return currentRequest().audience ? (currentRequest().audience?.resources[0]?.uri ?? oneOf[0]) : oneOf;
  const resources = implied(ctx);
  if (ctx.oidc.route !== 'token') return resources.map(({ uri }) => uri);
  if (resources.length > 0) currentRequest().audience = { resources };
  return resources[0]?.uri ?? [];
}

/**
 * Takes the resources from the code or refresh token, if they still exist and the scopes need them.
 * @throws invalid_target: as `grantedAudience`
 */
export async function useGrantedResources({ oidc }: KoaContextWithOIDC, source: unknown): Promise<boolean> {
  const { grant, params, requestParamScopes } = oidc;
  if (!grant) return true;
  const { resource, scopes, claims } = source as Source;
  const asked = params?.scope ? requestParamScopes : scopes;
  const audience = await grantedAudience(grant, { uris: [resource ?? []].flat(), asked });
  currentRequest().audience = { ...audience, claims };
  return audience.resources.length > 0;
}

/** What oidc-provider needs to know about a resource. @throws invalid_target: it does not exist */
export async function describeResource(_ctx: unknown, uri: string): Promise<ResourceServer> {
  const { audience } = currentRequest();
  if (audience && audience.resources.length !== 1) return serverOf(combinedResource(audience.resources));
  const resource = (await findTargets([uri])).get(uri);
  if (!resource) throw noSuchTarget(uri);
  return serverOf(resource);
}

/** The resources of a request that names none: by its scopes, or by the registered scopes if it requests none. */
function implied({ oidc: { params, client, route } }: KoaContextWithOIDC): ResourceOffer[] {
  if (!client) return [];
  const { scopes: registered, offers, provenance } = clientOf(client.clientId);
  const asked = typeof params?.scope === 'string' ? params.scope.split(' ') : scopesOfPrograms(registered);
  const scopes = asked.filter((name) => registered.includes(name));
  return impliedAudience({ scopes, offers, provenance, asksPerson: route !== 'token' });
}

/**
 * The resources, and the scope to issue, of a token from a code or refresh token.
 * @throws invalid_target: no requested scope is left, or one token cannot be for all resources
 */
async function grantedAudience(grant: Grant, { uris, asked }: { uris: string[]; asked: Set<string> }) {
  const found = await findTargets(uris);
  const at = (uri: string) => grant.getResourceScopeFiltered(uri, asked).split(' ').filter(Boolean);
  const carried = (one: ResourceOffer) => at(one.uri).filter((name) => one.scopes.includes(name));
  const resources = requireOneToken(
    uris.flatMap((uri) => found.get(uri) ?? []).filter((one) => carried(one).length > 0),
  );
  const ofPerson = grant.getOIDCScopeFiltered(asked).split(' ');
  // A scope of a resource is not issued without that resource, even if the resource no longer exists or was not among those named.
  const unnamed = uris.length > 0 ? clientOf(grant.clientId ?? '').offers : [];
  const offered = [...found.values(), ...unnamed].flatMap(({ scopes }) => scopes);
  const owned = new Set([...uris.flatMap(at), ...offered]);
  const elsewhere = ofPerson.filter((name) => !owned.has(name));
  const isJwt = resources.some(({ accessTokenFormat }) => accessTokenFormat === 'jwt');
  const atUserinfo = asked.has('openid') && !isJwt ? elsewhere.filter(isOfPeople) : [];
  const held = new Set(resources.length > 0 ? [...resources.flatMap(carried), ...atUserinfo] : elsewhere);
  if (![...held].some((name) => name !== 'offline_access')) throw nothingLeft(uris.find((uri) => !found.has(uri)));
  return { resources, scope: [...asked].filter((name) => held.has(name)).join(' ') };
}

const nothingLeft = (gone: string | undefined) =>
  gone === undefined
    ? new errors.InvalidTarget('the resources of this authorization offer none of these scopes any more')
    : noSuchTarget(gone);

const serverOf = ({ uri, scopes, accessTokenFormat, lifetimeSeconds }: ResourceOffer): ResourceServer => ({
  audience: uri,
  scope: scopes.filter((name) => name !== 'openid').join(' '),
  accessTokenFormat,
  ...(lifetimeSeconds !== null && { accessTokenTTL: lifetimeSeconds }),
  ...(accessTokenFormat === 'jwt' && { jwt: { sign: { alg: 'ES256' as const } } }),
});
