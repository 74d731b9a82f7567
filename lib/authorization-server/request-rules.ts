import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { clientOf } from './registered-client.ts';

const shownMax = 200;

/**
 * What oidc-provider asks of no request for authorization, however it comes, once it is known where its errors may lead: of what is kept
 * of it PostgreSQL takes no U+0000, and in JSON no half of a surrogate pair either; and of scopes it looks only at those of the catalogue, while any name could be written on the page
 * that asks, and into a token.
 */
export const requestRules = {
  async scope({ oidc: { params = {} } }: KoaContextWithOIDC, value: string | undefined, { clientId }: Client) {
    const wrong = Object.entries(params).find(([, one]) => [one].flat().some((text) => String(text).includes('\0')));
    if (wrong) throw new errors.InvalidRequest(`${wrong[0]} holds the character U+0000`);
    if (/\\u(?:0000|d[89a-f])/i.test(String(params.claims)))
      throw new errors.InvalidRequest('claims holds a character that no claim has');
    const registered = clientOf(clientId).scopes;
    const unknown = value?.split(' ').find((name) => !registered.includes(name));
    if (unknown === undefined) return;
    throw new errors.InvalidScope('requested scope is not registered for this client', unknown.slice(0, shownMax));
  },
};
