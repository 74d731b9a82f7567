import { randomBytes } from 'node:crypto';
import type { Adapter, ClientAuthMethod } from 'oidc-provider';
import { grantTypes, isInstalled } from '#lib/clients/rules';
import { judgePreview } from '../pushed-requests.ts';
import { currentRequest, type RegisteredClient } from '../request-state.ts';
import type { readRequest } from '../tokens/granted-scope.ts';
import type { keysToVerify } from './client-keys.ts';
import { type findRegisteredClient, isPublic, isVouched } from './registered-client.ts';

/** The scope of a client without scopes: no request can name it, because a scope cannot contain a quotation mark. */
const noScope = '"';

/** oidc-provider requires a secret. The registry has only hashes, and compares them itself (`compareSecret`). */
const placeholder = randomBytes(32).toString('base64url');

type Steps = {
  findClient: { run: typeof findRegisteredClient };
  readRequest: { run: typeof readRequest };
  findKeys: { run: typeof keysToVerify };
};

/** The registry as the storage of oidc-provider's clients: read at each request, never written. `steps`: those of the current endpoint. */
export function registry(steps: () => Steps): Adapter {
  const readOnly = async () => {
    throw new Error('the registry writes its clients itself');
  };
  return {
    async find(clientId) {
      const { findClient, readRequest, findKeys } = steps();
      const client = await findClient.run(clientId);
      if (!client) return undefined;
      await readRequest.run(client);
      await judgePushed(client);
      if (client.tokenEndpointAuthMethod !== 'private_key_jwt' || isVouched(client)) return viewOf(client);
      return { ...viewOf(client), jwks: { keys: (await findKeys.run(client)).map(comparable) } };
    },
    upsert: readOnly,
    findByUid: readOnly,
    findByUserCode: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
  };
}

async function judgePushed(client: RegisteredClient): Promise<void> {
  const { pushedRedirectUri: uri, clientId } = currentRequest();
  if (uri !== undefined && client.protocolId === clientId) await judgePreview(client, uri);
}

/** The metadata that oidc-provider needs; the hooks read the rest from the request's state. */
function viewOf(client: RegisteredClient) {
  const vouched = isVouched(client);
  const withoutSecret = isPublic(client) && !vouched;
  const own = withoutSecret ? 'none' : client.tokenEndpointAuthMethod;
  const method = vouched ? 'client_secret_post' : own;
  // A client without a secret acts only for people. One that omits its optional secret needs PKCE, which the device flow does not have.
  const impossible = [
    (withoutSecret || isInstalled(client)) && 'client_credentials',
    withoutSecret && client.tokenEndpointAuthMethod !== 'none' && 'urn:ietf:params:oauth:grant-type:device_code',
  ];
  const registered = client.grantTypes.filter((type) => !impossible.includes(type));
  const byCode = registered.includes('authorization_code') && client.redirectUris.length > 0;
  return {
    client_id: client.protocolId,
    token_endpoint_auth_method: method as ClientAuthMethod,
    ...(method.startsWith('client_secret_') && { client_secret: placeholder }),
    grant_types: grantTypes.filter((type) => registered.includes(type) && (byCode || type !== 'authorization_code')),
    response_types: byCode ? ['code' as const] : [],
    redirect_uris: byCode ? client.redirectUris : [],
    scope: client.scopes.join(' ') || noScope,
    subject_type: byCode ? client.subjectType : ('public' as const),
    id_token_signed_response_alg: client.idTokenSignedResponseAlg as 'RS256',
    ...(client.userinfoSignedResponseAlg !== null && {
      userinfo_signed_response_alg: client.userinfoSignedResponseAlg as 'RS256',
    }),
    ...(client.defaultMaxAgeSeconds !== null && { default_max_age: client.defaultMaxAgeSeconds }),
    require_auth_time: client.requireAuthTime,
    require_pushed_authorization_requests: client.requirePushedAuthorizationRequests,
    ...(client.backchannelLogoutUri !== null && {
      backchannel_logout_uri: client.backchannelLogoutUri,
      backchannel_logout_session_required: client.backchannelLogoutSessionRequired,
    }),
    dpop_bound_access_tokens: client.dpopBoundAccessTokens,
  };
}

const keyMembers = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'use', 'alg', 'key_ops'] as const;

/**
 * Removes members that oidc-provider would validate and that have no effect here. An Ed25519 key loses its `alg`, because programs mix its
 * two names, EdDSA and Ed25519 (RFC 9864).
 */
function comparable(key: Readonly<Record<string, unknown>>) {
  const members = keyMembers.filter((name) => key[name] !== undefined && !(name === 'alg' && key.kty === 'OKP'));
  return { kty: String(key.kty), ...Object.fromEntries(members.map((name) => [name, key[name]])) };
}
