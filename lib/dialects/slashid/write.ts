import type { Appearance } from '#lib/appearance/rules';
import { type Client, isPublicClient } from '#lib/clients/rules';
import { appearanceNames, isGrantTypeHere } from './wire.ts';

/** Writes a client without secret. Grant types of other APIs are omitted, and scopes are sorted. `last_used` is present after the first use. */
export function writeOne(client: Client) {
  return {
    client_id: client.clientId,
    client_name: client.name,
    grant_types: client.grantTypes.filter(isGrantTypeHere),
    response_types: client.responseTypes.map((type) => [type]),
    scopes: client.scopes.toSorted(),
    access_token_duration: client.accessTokenLifetimeSeconds,
    refresh_token_duration: client.refreshTokenLifetimeSeconds,
    public: isPublicClient(client),
    redirect_uris: client.redirectUris,
    created_at: client.createdAt.toISOString(),
    ...(client.lastUsedAt && { last_used: client.lastUsedAt.toISOString() }),
  };
}

/** Writes the response to a creation: the client with its secret, if it has one. */
export function writeNew(client: Client, secret: string | undefined) {
  return { result: { ...writeOne(client), ...(secret !== undefined && { client_secret: secret }) } };
}

/** Writes the response to a rotation. */
export function writeNewSecret(secret: string | undefined) {
  return { result: { client_secret: secret } };
}

/** Writes a part of the list, with the total. */
export function writeList(clients: readonly Client[], page: { limit: number; offset: number; total: number }) {
  const { limit, offset, total } = page;
  return { meta: { pagination: { limit, offset, total_count: total } }, errors: [], result: clients.map(writeOne) };
}

const wireNames = new Map<string, string>(Object.entries(appearanceNames));

/** Writes a UI configuration as it was sent, without missing members. */
export function writeAppearance({ more = {}, ...known }: Appearance) {
  const members = Object.entries(known).map(([domain, value]) => [wireNames.get(domain) ?? domain, value]);
  return { result: { ...more, ...Object.fromEntries(members) } };
}

const members = ['access_token', 'refresh_token', 'id_token'];

/** Writes minted tokens with the members that this API declares. */
export const writeTokens = (tokens: object) => ({
  result: Object.fromEntries(Object.entries(tokens).filter(([name]) => members.includes(name))),
});
