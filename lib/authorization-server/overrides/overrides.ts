import { createHash } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { insertFirstUse } from '#db/queries/first-uses';
import { hashesWithEveryPepper, isHashOf } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { refuseWhereBlocked } from '../clients/failures.ts';
import { noteSecretUse } from '../clients/note-use.ts';
import { clientOf, isRegisteredRedirect } from '../clients/registered-client.ts';
import { exchange } from '../exchange.ts';
import { refusalOfPreview } from '../pushed-requests.ts';
import { slowDown } from '../tokens/device-codes.ts';
import { addRefreshGrace } from './refresh-tokens.ts';
import { followPortalSessions, rejudgeResumedRequests } from './sessions.ts';
import { askForProof, keepToRegisteredScopes, mintTokens, setAudiences, takeTokensAtUserinfo } from './tokens.ts';

/**
 * Replaces members of oidc-provider 9.13.3; no other file does. The table in docs/decisions/0031 explains each one, and a test compares it
 * with the installed library.
 */
export function overrideLibrary(provider: Provider): void {
  // Client.Schema.prototype.redirectUris, .postLogoutRedirectUris, .scopes; Client.prototype.compareClientSecret, .redirectUriAllowed
  askTheRegistry(provider);
  // ReplayDetection.unique
  Object.assign(provider.ReplayDetection, { unique: isFirstUse });
  // Session.get; Session.prototype.resetIdentifier, .ensureClientContainer
  followPortalSessions(provider);
  // Interaction.find
  rejudgeResumedRequests(provider);
  // AccessToken.prototype.generateTokenId, ClientCredentials.prototype.generateTokenId, RefreshToken.prototype.generateTokenId
  mintTokens(provider);
  // ClientCredentials.prototype.save
  keepToRegisteredScopes(provider);
  // AccessToken.prototype.save
  setAudiences(provider);
  // AccessToken.find
  takeTokensAtUserinfo(provider);
  // AuthorizationCode.prototype.consume
  askForProof(provider);
  // DeviceCode.find
  slowDown(provider);
  // RefreshToken.find; RefreshToken.prototype.consume
  addRefreshGrace(provider);
}

/** Skips oidc-provider's checks of client metadata, which the registry made on writing, and compares secrets and redirect URIs itself. */
function askTheRegistry({ Client }: Provider): void {
  const { Schema } = Client as unknown as { Schema: { prototype: object } };
  Object.assign(Schema.prototype, {
    // Called again, with a list, for an unregistered redirect URI of a pushed request.
    redirectUris(this: { invalidate: (why: string) => never }, pushed?: readonly unknown[]) {
      const why = pushed && refusalOfPreview(pushed[0]);
      if (why !== undefined) this.invalidate(why);
    },
    postLogoutRedirectUris() {},
    scopes() {},
  });
  Object.assign(Client.prototype, {
    compareClientSecret(this: { clientId: string }, secret: string) {
      return isSecretOf(this.clientId, secret);
    },
    redirectUriAllowed(this: { clientId: string }, uri: unknown) {
      return typeof uri === 'string' && isRegisteredRedirect(clientOf(this.clientId), uri);
    },
  });
}

/**
 * Whether `secret` is one of the client's live secrets. Compares all of them, so that the time reveals nothing.
 * @throws rate_limited: too many attempts failed before; also for a correct secret, because the limit would otherwise reveal it
 */
function isSecretOf(protocolId: string, secret: string): boolean {
  const { vouched } = exchange();
  if (vouched?.protocolId === protocolId) return secret === vouched.secret;
  const { clientId, secrets, blockedUntil } = clientOf(protocolId);
  refuseWhereBlocked({ blockedUntil });
  const hashes = hashesWithEveryPepper(secret);
  let found: (typeof secrets)[number] | undefined;
  for (const one of secrets) if (isHashOf(one.hash, hashes)) found = one;
  if (!found) return false;
  exchange().secretId = found.id;
  noteSecretUse(clientId, found);
  return true;
}

/** How far in the future the date of a DPoP proof may be: such a proof stays valid longer by this time. */
const datedAheadSecondsMax = 300;

/**
 * Whether this `jti` of a client or key (`of`) is used for the first time, in any process. It is remembered until the assertion or proof
 * expires (`expiresAtSeconds` since 1970). A `jti` is not secret: the hash has no pepper and survives a change of it.
 */
export function isFirstUse(of: string, jti: string, expiresAtSeconds: number): Promise<boolean> {
  const hash = createHash('sha256')
    .update(JSON.stringify(['once', of, jti]))
    .digest('base64url');
  const expiresAt = new Date((expiresAtSeconds + datedAheadSecondsMax) * 1000);
  return insertFirstUse(database(), { hash, kind: 'ReplayDetection', expiresAt, now: new Date() });
}
