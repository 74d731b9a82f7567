import { createHash } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { insertFirstUse } from '#db/queries/first-uses';
import { everyHash, isHashOf } from '#lib/credentials/index';
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
 * Replaces members of oidc-provider 9.13.3, all of them here; what each is for is the table in docs/decisions/0031, which a test holds
 * against the library that is installed.
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

/** The registry has judged its clients when they were written, and compares for itself. */
function askTheRegistry({ Client }: Provider): void {
  const { Schema } = Client as unknown as { Schema: { prototype: object } };
  Object.assign(Schema.prototype, {
    // Asked again, with a list, about a URI that is not registered and was pushed.
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
 * Whether it is one of the client's live secrets. Looks at each of them, so that the time says nothing. Throws `rate_limited`
 * where too many were wrong before, also for a right one: else the limit would tell which is right.
 */
function isSecretOf(protocolId: string, secret: string): boolean {
  const { vouched } = exchange();
  if (vouched?.protocolId === protocolId) return secret === vouched.secret;
  const { clientId, secrets, blockedUntil } = clientOf(protocolId);
  refuseWhereBlocked({ blockedUntil });
  const hashes = everyHash(secret);
  let found: (typeof secrets)[number] | undefined;
  for (const one of secrets) if (isHashOf(one.hash, hashes)) found = one;
  if (!found) return false;
  exchange().secretId = found.id;
  noteSecretUse(clientId, found);
  return true;
}

/** How far ahead a DPoP proof may be dated: it is good until its date is that long ago. */
const datedAheadSecondsMax = 300;

/**
 * Whether nobody, in any process, has shown this `jti` of that client, or of that key, before; it is remembered while what carries it could be
 * shown again. `expiresAtSeconds` since 1970. No secret: a plain hash, the same after the pepper changed.
 */
export function isFirstUse(of: string, jti: string, expiresAtSeconds: number): Promise<boolean> {
  const hash = createHash('sha256')
    .update(JSON.stringify(['once', of, jti]))
    .digest('base64url');
  const expiresAt = new Date((expiresAtSeconds + datedAheadSecondsMax) * 1000);
  return insertFirstUse(database(), { hash, kind: 'ReplayDetection', expiresAt, now: new Date() });
}
