import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { hasUnkeepableText } from '../unkeepable-text.ts';
import { noSuchScope } from './refuse-scope.ts';
import { clientOf } from './registered-client.ts';

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
    if (value !== undefined && hasUnkeepableText(JSON.parse(value)))
      throw new errors.InvalidRequest('claims holds U+0000 or half of a surrogate pair');
  },
  // Scopes of the catalogue that are not registered were refused before; what nobody knows is passed over (OpenID Connect Core §3.1.2.1).
  async scope({ oidc: { params = {} } }: KoaContextWithOIDC, value: string | undefined, { clientId }: Client) {
    if (value === undefined) return;
    const registered = clientOf(clientId).scopes;
    const known = value.split(' ').filter((name) => registered.includes(name));
    if (known.length === 0) throw await noSuchScope(value.split(' ', 1)[0] ?? '', value.slice(0, shownMax));
    params.scope = known.join(' ');
  },
};
