import { type Client, isPublicClient } from '#lib/clients/rules';
import { isGrantTypeHere } from './grant-types.ts';

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
