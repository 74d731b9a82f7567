import { hkdfSync } from 'node:crypto';
import { type Client, type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { callingOrigins, isConfidential } from '#lib/clients/rules';
import { database } from '#lib/kernel/database';
import { keys } from '#lib/kernel/keys';
import { hasUnstorableText } from '#lib/kernel/values';
import { findFormerName } from '#lib/scopes/index';
import { clientOf } from './clients/registered-client.ts';
import { isOfPeople } from './tokens/granted-scope.ts';
import { inDescription, noSuchScope } from './tokens/refuse.ts';
import { findTargets } from './tokens/targets.ts';

const shownMax = 200;

/** Rule A1: whether the client must use PKCE; a public one always must. */
export function isPkceRequired(_ctx: unknown, { clientId }: { clientId: string }): boolean {
  const client = clientOf(clientId);
  return client.requirePkce || !(client.secretOptional || isConfidential(client));
}

/** Refuses a repeated value (RFC 6749 §3.1.1); oidc-provider accepts it as one. @throws unsupported_response_type */
export async function checkResponseTypes({ query, oidc: { body } }: KoaContextWithOIDC): Promise<void> {
  const sent = String(body?.response_type ?? query.response_type ?? '').split(' ');
  if (new Set(sent).size !== sent.length) throw new errors.UnsupportedResponseType();
}

/** Refuses claims that cannot be stored, before a person is asked about them. @throws invalid_request */
export async function checkStorableClaims(_ctx: KoaContextWithOIDC, value: string | undefined): Promise<void> {
  if (value !== undefined && hasUnstorableText(JSON.parse(value)))
    throw new errors.InvalidRequest('claims holds U+0000 or half of a surrogate pair');
}

/**
 * Removes scopes that exist nowhere (OpenID Connect Core §3.1.2.1), so that they appear neither on the consent page nor in a token.
 * oidc-provider checks only the catalogue's scopes, and has refused those that are not registered.
 * @throws invalid_scope: no scope is left, one was retired or renamed since, or the named resources offer none of them
 */
export async function keepKnownScopes(
  ctx: KoaContextWithOIDC,
  value: string | undefined,
  client: Client,
): Promise<void> {
  if (value === undefined) return;
  const { params = {} } = ctx.oidc;
  const { scopes, registeredScopes } = clientOf(client.clientId);
  const asked = value.split(' ');
  const known = asked.filter((name) => scopes.includes(name));
  // A scope that the client registered and that was retired or renamed since is refused, so that its developer learns of it.
  const ended = asked.find((name) => registeredScopes.includes(name) && !scopes.includes(name));
  const former = ended ?? (await findFormerName(database(), asked));
  if (known.length === 0 || former !== undefined)
    throw await noSuchScope(former ?? asked[0] ?? '', value.slice(0, shownMax));
  params.scope = known.join(' ');
  await requireOffered(known, [params.resource ?? []].flat());
}

/** Refuses a request before a person is asked if no token could have its scopes. @throws invalid_scope: the named resources offer none of them */
async function requireOffered(scopes: readonly string[], resources: readonly unknown[]): Promise<void> {
  const uris = resources.filter((uri) => typeof uri === 'string');
  if (uris.length === 0 || scopes.some(isOfPeople)) return;
  const offered = [...(await findTargets(uris)).values()].flatMap((target) => target.scopes);
  if (scopes.some((name) => offered.includes(name))) return;
  const none = `${uris.map(inDescription).join(' ')} offers none of the requested scopes`;
  throw new errors.InvalidScope(none, scopes.join(' ').slice(0, shownMax));
}

type DPoP = NonNullable<NonNullable<Configuration['features']>['dPoP']>;

/**
 * RFC 9449: DPoP-bound tokens. Each answer has a nonce, derived from a secret that all processes share. A proof without a nonce is accepted
 * once, within five minutes of its date.
 */
export const dpop = (): DPoP => ({
  enabled: true,
  nonceSecret: Buffer.from(hkdfSync('sha256', keys().cursor, '', 'nonces of DPoP', 32)),
  requireNonce: () => false,
});

const originShownMax = 200;

/**
 * Allows a browser page at `origin` to call an endpoint for the client. Any page may read the refusal, because its developer would otherwise
 * see no reason; it reveals nothing about the client.
 * @throws invalid_request: the origin is not allowed; names the origin and the remedy
 */
export function requireCallingOrigin(ctx: KoaContextWithOIDC, origin: string, { clientId }: Client): true {
  if (callingOrigins(clientOf(clientId)).includes(origin)) return true;
  ctx.set('access-control-allow-origin', '*');
  throw new errors.InvalidRequest(
    `pages at ${origin.slice(0, originShownMax)} may not call this endpoint for this client: register it as an allowed origin or redirect URI of the client`,
  );
}
