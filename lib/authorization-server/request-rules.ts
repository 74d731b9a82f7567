import { hkdfSync } from 'node:crypto';
import { type Client, type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { callingOrigins } from '#lib/clients/rules';
import { keys } from '#lib/kernel/keys';
import { hasUnstorableText } from '#lib/kernel/values';
import { clientOf } from './clients/registered-client.ts';
import { isOfPeople } from './tokens/granted-scope.ts';
import { inDescription, noSuchScope } from './tokens/refuse.ts';
import { findTargets } from './tokens/targets.ts';

const shownMax = 200;

/**
 * What oidc-provider asks of no request for authorization, however it comes, once it is known where its errors may lead: of scopes it looks
 * only at those of the catalogue, while any name could be written on the page that asks, and into a token. And nobody is asked about
 * claims that could not be kept.
 */
export const requestRules = {
  // RFC 6749 §3.1.1: a value that is not understood is refused; oidc-provider takes a repeated one for one.
  async response_type({ query, oidc: { body } }: KoaContextWithOIDC) {
    const sent = String(body?.response_type ?? query.response_type ?? '').split(' ');
    if (new Set(sent).size !== sent.length) throw new errors.UnsupportedResponseType();
  },
  async claims(_ctx: KoaContextWithOIDC, value: string | undefined) {
    if (value !== undefined && hasUnstorableText(JSON.parse(value)))
      throw new errors.InvalidRequest('claims holds U+0000 or half of a surrogate pair');
  },
  // Scopes of the catalogue that are not registered were refused before; what nobody knows is passed over (OpenID Connect Core §3.1.2.1).
  async scope({ oidc: { params = {} } }: KoaContextWithOIDC, value: string | undefined, { clientId }: Client) {
    if (value === undefined) return;
    const registered = clientOf(clientId).scopes;
    const known = value.split(' ').filter((name) => registered.includes(name));
    if (known.length === 0) throw await noSuchScope(value.split(' ', 1)[0] ?? '', value.slice(0, shownMax));
    params.scope = known.join(' ');
    await requireOffered(known, [params.resource ?? []].flat());
  },
};

/** Nobody is asked for what no token could hold. @throws invalid_scope: the named resources offer none of the scopes */
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
 * RFC 9449: tokens that are good only with the key they were given to. A nonce comes with each answer, of a secret that all processes
 * share. A proof may do without: it is then good for five minutes of its date, and once.
 */
export const possession = (): DPoP => ({
  enabled: true,
  nonceSecret: Buffer.from(hkdfSync('sha256', keys().cursor, '', 'nonces of DPoP', 32)),
  requireNonce: () => false,
});

const originShownMax = 200;

/**
 * Whether a page at `origin` may call for the client. The refusal names the origin and the remedy, and any page may read it, since a
 * browser would show its developer nothing else; it holds nothing of the client. Throws `invalid_request`.
 */
export function requireCallingOrigin(ctx: KoaContextWithOIDC, origin: string, { clientId }: Client): true {
  if (callingOrigins(clientOf(clientId)).includes(origin)) return true;
  ctx.set('access-control-allow-origin', '*');
  throw new errors.InvalidRequest(
    `pages at ${origin.slice(0, originShownMax)} may not call this endpoint for this client: register it as an allowed origin or redirect URI of the client`,
  );
}
