import {
  allowInsecureRequests,
  type ClientAuth,
  dynamicClientRegistration,
  enableNonRepudiationChecks,
  PrivateKeyJwt,
} from 'openid-client';
import { anOwner } from './actors.ts';
import { aToken } from './api.ts';
import { callback } from './authorizing.ts';
import { aKey, type ClientKey } from './client-keys.ts';
import { db } from './database.ts';
import { origin } from './listening.ts';

/** A token that may register clients. */
export async function anInitialAccessToken(): Promise<string> {
  const { owner, organizationId } = await anOwner(db);
  return aToken(db, owner, organizationId, { scopes: ['clients:write'] });
}

const usual = {
  client_name: 'A relying party',
  redirect_uris: [callback],
  grant_types: ['authorization_code', 'refresh_token'],
  scope: 'openid profile email offline_access',
};

/** Registers a client by RFC 7591; returns openid-client's configuration, which verifies every signature. */
export async function registered(initialAccessToken: string, metadata: object, auth?: ClientAuth) {
  const options = { initialAccessToken, execute: [allowInsecureRequests] };
  const config = await dynamicClientRegistration(new URL(origin), { ...usual, ...metadata }, auth, options);
  enableNonRepudiationChecks(config);
  const client = config.clientMetadata();
  return { config, client, clientId: client.client_id };
}

/** The same for a client that authenticates with a key. */
export async function registeredWithKey(initialAccessToken: string, metadata: object = {}, key?: ClientKey) {
  const own = key ?? (await aKey('RS256'));
  const keyed = {
    token_endpoint_auth_method: 'private_key_jwt',
    ...('jwks_uri' in metadata ? {} : { jwks: { keys: [own.jwk] } }),
    ...metadata,
  };
  return { ...(await registered(initialAccessToken, keyed, authOf(own))), key: own };
}

/** How openid-client signs with a key. */
export const authOf = ({ privateKey, kid }: ClientKey): ClientAuth =>
  PrivateKeyJwt(kid === undefined ? privateKey : { key: privateKey, kid });
