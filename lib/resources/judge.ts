import type { Db } from '#db/client';
import { selectAuthMethods } from '#db/queries/resources';
import { judgeName, refusal } from '#lib/clients/rules';
import { env } from '#lib/kernel/env';
import type { Issue } from '#lib/kernel/errors';
import { isUuid } from '#lib/kernel/values';
import { freshScopeNames } from '#lib/scopes/index';
import { jwtLifetimeSecondsMax, type Resource } from './find.ts';

/** The fields of a resource that the operator sets. */
export type ResourceFields = Omit<Resource, 'version' | 'createdAt'>;

/**
 * Every broken rule of a resource. With `before`, its URI is not judged again, a client that introspects already may stay, and unless
 * `withScopes` scopes that were retired since may stay where they are.
 */
export async function judgeResource(
  db: Db,
  fields: ResourceFields,
  before?: Resource,
  withScopes = true,
): Promise<Issue[]> {
  const catalogue = await freshScopeNames(db);
  const known = before && !withScopes ? new Set([...catalogue, ...before.scopes]) : catalogue;
  return [
    ...(before ? [] : judgeResourceUri(fields.uri)),
    ...judgeName(fields.name),
    ...judgeResourceScopes(fields.scopes, known),
    ...judgeLifetime(fields),
    ...(await judgeIntrospectors(db, fields.introspectedBy, before?.introspectedBy)),
  ];
}

const uriLengthMax = 2048;

/** RFC 8707 §2: an absolute URI without a fragment, in the characters of RFC 3986. */
function judgeResourceUri(uri: string): Issue[] {
  const refuse = (message: string) => [refusal('uri', 'resource_uri', message)];
  if (uri.includes('#')) return refuse('Leave the fragment (#…) out.');
  if (uri.length > uriLengthMax) return refuse(`Shorten it to ${uriLengthMax} characters or fewer.`);
  if (!/^[a-z][a-z0-9+.-]*:[!"$-~]+$/i.test(uri) || !URL.canParse(uri))
    return refuse('Write an absolute URI, like https://api.example.com.');
  const { username, password, origin } = new URL(uri);
  if (username || password) return refuse('Leave the user and the password out.');
  return origin === env().appUrl ? refuse('What is here is a resource by itself.') : [];
}

/** Scopes for userinfo and for refresh tokens; they belong to no resource. */
const neverOffered: readonly string[] = ['openid', 'offline_access'];

/** `catalogue` has the scopes that there are. */
function judgeResourceScopes(scopes: readonly string[], catalogue: ReadonlySet<string>): Issue[] {
  const refuse = (message: string) => refusal('scopes', 'scope', message);
  if (scopes.length === 0) return [refuse('Name at least one scope.')];
  return scopes.flatMap((name) => {
    if (!catalogue.has(name)) return [refuse(`There is no scope ${JSON.stringify(name)}.`)];
    return neverOffered.includes(name) ? [refuse(`Leave ${name} out: no resource offers it.`)] : [];
  });
}

function judgeLifetime({ lifetimeSeconds, accessTokenFormat }: ResourceFields): Issue[] {
  if (lifetimeSeconds === null) return [];
  const max = accessTokenFormat === 'jwt' ? jwtLifetimeSecondsMax : 365 * 24 * 3600;
  if (Number.isInteger(lifetimeSeconds) && lifetimeSeconds >= 1 && lifetimeSeconds <= max) return [];
  return [refusal('lifetimeSeconds', 'lifetime', `Choose 1 to ${max} seconds.`)];
}

const introspectorsMax = 20;

/** Rule A16: only a client that authenticates is told of tokens. */
async function judgeIntrospectors(db: Db, ids: readonly string[], known: readonly string[] = []): Promise<Issue[]> {
  const refuse = (at: number, message: string) => refusal(`introspectedBy.${at}`, 'introspection', message);
  if (ids.length > introspectorsMax)
    return [refusal('introspectedBy', 'count', `Name at most ${introspectorsMax} clients.`)];
  const asked = ids.filter((id) => isUuid(id) && !known.includes(id));
  const found = asked.length === 0 ? [] : await selectAuthMethods(db, asked);
  return ids.flatMap((id, at) => {
    if (known.includes(id)) return [];
    const client = found.find(({ clientId }) => clientId === id);
    if (!client) return [refuse(at, 'Client not found: write the id of a client that is registered here.')];
    if (client.tokenEndpointAuthMethod !== 'none') return [];
    return [refuse(at, 'Choose a client with a secret or a key: a public client cannot introspect.')];
  });
}
