import { randomBytes } from 'node:crypto';
import type { Adapter } from 'oidc-provider';
import { keysToVerify } from './client-keys.ts';
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
      if (client?.tokenEndpointAuthMethod !== 'private_key_jwt') return client && viewOf(client);
      return { ...viewOf(client), jwks: { keys: (await keysToVerify(client)).map(bare) } };
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
  ...(tokenEndpointAuthMethod.startsWith('client_secret_') && { client_secret: placeholder }),
  grant_types: grantTypes.filter((type) => registered.includes(type)),
  response_types: [],
  redirect_uris: [],
});

const keyMembers = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'use', 'alg', 'key_ops'] as const;

/**
 * A key by its members that matter here: of any other, oidc-provider would judge the form. An Ed25519 key loses its alg, which has
 * two names, EdDSA and Ed25519 (RFC 9864), and programs mix them.
 */
function bare(key: Readonly<Record<string, unknown>>) {
  const members = keyMembers.filter((name) => key[name] !== undefined && !(name === 'alg' && key.kty === 'OKP'));
  return { kty: String(key.kty), ...Object.fromEntries(members.map((name) => [name, key[name]])) };
}
