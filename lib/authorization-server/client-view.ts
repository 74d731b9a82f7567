import { randomBytes } from 'node:crypto';
import type { Adapter } from 'oidc-provider';
import { findRegisteredClient, grantTypes, type RegisteredClient } from './registered-client.ts';

/** Where oidc-provider wants a secret to compare with; ours are hashes, and compared elsewhere. */
const placeholder = randomBytes(32).toString('base64url');

/** The registry as oidc-provider's clients: read at each request, never written. */
export function registry(): Adapter {
  const readOnly = async () => {
    throw new Error('the registry writes its clients itself');
  };
  return {
    async find(clientId) {
      const client = await findRegisteredClient(clientId);
      return client && viewOf(client);
    },
    upsert: readOnly,
    findByUid: readOnly,
    findByUserCode: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
  };
}

/** What oidc-provider must know of a client; the hooks read the rest from the exchange. */
const viewOf = ({ clientId, tokenEndpointAuthMethod, grantTypes: registered }: RegisteredClient) => ({
  client_id: clientId,
  token_endpoint_auth_method: tokenEndpointAuthMethod as 'client_secret_basic',
  ...(tokenEndpointAuthMethod !== 'none' && { client_secret: placeholder }),
  grant_types: grantTypes.filter((type) => registered.includes(type)),
  response_types: [],
  redirect_uris: [],
});
