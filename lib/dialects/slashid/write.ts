import type { Appearance } from '#lib/appearance/rules';
import { type Client, isPublicClient } from '#lib/clients/rules';
import { appearanceNames, isGrantTypeHere } from './wire.ts';

/** A client without secret. This API knows no other grants, and sorts scopes. `last_used` is there once it was. */
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

/** The answer to a creation: the client with its secret, where it has one. */
export function writeNew(client: Client, secret: string | undefined) {
  return { result: { ...writeOne(client), ...(secret !== undefined && { client_secret: secret }) } };
}

/** The answer to a rotation. */
export function writeNewSecret(secret: string | undefined) {
  return { result: { client_secret: secret } };
}

/** A part of the list, and how many there are in all. */
export function writeList(clients: readonly Client[], page: { limit: number; offset: number; total: number }) {
  const { limit, offset, total } = page;
  return { meta: { pagination: { limit, offset, total_count: total } }, errors: [], result: clients.map(writeOne) };
}

const wireNames = new Map<string, string>(Object.entries(appearanceNames));

/** A UI configuration as it was put, without what was left out. */
export function writeAppearance({ more = {}, ...known }: Appearance) {
  const members = Object.entries(known).map(([domain, value]) => [wireNames.get(domain) ?? domain, value]);
  return { result: { ...more, ...Object.fromEntries(members) } };
}

const members = ['access_token', 'refresh_token', 'id_token'];

/** Minted tokens, in the members that this API declares. */
export const writeTokens = (tokens: object) => ({
  result: Object.fromEntries(Object.entries(tokens).filter(([name]) => members.includes(name))),
});
