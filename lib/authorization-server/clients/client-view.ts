import { randomBytes } from 'node:crypto';
import type { Adapter, ClientAuthMethod } from 'oidc-provider';
import { isInstalled } from '#lib/clients/rules';
import { exchange, type RegisteredClient } from '../exchange.ts';
import { judgePreview } from '../pushed-requests.ts';
import { readRequest } from '../tokens/granted-scope.ts';
import { keysToVerify } from './client-keys.ts';
import { findRegisteredClient, grantTypes, isPublic, isVouched } from './registered-client.ts';

/** No scope is spelled so: a client without any may ask for none. */
const noScope = '"';

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
      if (!client) return undefined;
      await readRequest(client);
      await judgePushed(client);
      if (client.tokenEndpointAuthMethod !== 'private_key_jwt' || isVouched(client)) return viewOf(client);
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

async function judgePushed(client: RegisteredClient): Promise<void> {
  const { pushedRedirectUri: uri, clientId } = exchange();
  if (uri !== undefined && client.protocolId === clientId) await judgePreview(client, uri);
}

/** What oidc-provider must know of a client; the hooks read the rest from the exchange. */
function viewOf(client: RegisteredClient) {
  const vouched = isVouched(client);
  const withoutSecret = isPublic(client) && !vouched;
  const own = withoutSecret ? 'none' : client.tokenEndpointAuthMethod;
  const method = vouched ? 'client_secret_post' : own;
  // Who keeps no secret acts for a person or not at all, and who left it out has to show by PKCE that it began: a device cannot.
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
 * A key by its members that matter here: of any other, oidc-provider would judge the form. An Ed25519 key loses its alg, which has
 * two names, EdDSA and Ed25519 (RFC 9864), and programs mix them.
 */
function bare(key: Readonly<Record<string, unknown>>) {
  const members = keyMembers.filter((name) => key[name] !== undefined && !(name === 'alg' && key.kty === 'OKP'));
  return { kty: String(key.kty), ...Object.fromEntries(members.map((name) => [name, key[name]])) };
}
