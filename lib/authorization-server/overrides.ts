import type { Provider } from 'oidc-provider';
import { isSecretOf } from './compare-secret.ts';
import { slowDown } from './device-codes.ts';
import { isFirstUse } from './first-use.ts';
import { followPortalSessions } from './portal-session.ts';
import { refusalOfPreview } from './preview-callback.ts';
import { graceForRefreshTokens } from './refresh-rotation.ts';
import { clientOf, isRegisteredRedirect } from './registered-client.ts';
import { resumeOnlyWhatFits } from './resumption.ts';
import { addressTokens, askForProof, keepToRegisteredScopes, mintTokens, takeTokensAtUserinfo } from './tokens.ts';

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
  resumeOnlyWhatFits(provider);
  // AccessToken.prototype.generateTokenId, ClientCredentials.prototype.generateTokenId, RefreshToken.prototype.generateTokenId
  mintTokens(provider);
  // ClientCredentials.prototype.save
  keepToRegisteredScopes(provider);
  // AccessToken.prototype.save
  addressTokens(provider);
  // AccessToken.find
  takeTokensAtUserinfo(provider);
  // AuthorizationCode.prototype.consume
  askForProof(provider);
  // DeviceCode.find
  slowDown(provider);
  // RefreshToken.find; RefreshToken.prototype.consume
  graceForRefreshTokens(provider);
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
