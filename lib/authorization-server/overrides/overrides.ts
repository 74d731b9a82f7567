import type { Provider } from 'oidc-provider';
import { authorizationEndpoint } from '../authorization-endpoint.ts';
import { tokenEndpoint } from '../token-endpoint.ts';
import { slowDown } from '../tokens/device-codes.ts';
import { addRefreshGrace } from './refresh-tokens.ts';
import { followPortalSessions, recheckResumedRequests } from './sessions.ts';
import { keepToRegisteredScopes, mintTokens, requirePkce, setAudiences, takeTokensAtUserinfo } from './tokens.ts';

/**
 * Replaces members of oidc-provider 9.13.3; no other file does. The table in docs/decisions/0031 explains each one, and a test compares it
 * with the installed library.
 */
export function overrideLibrary(provider: Provider): void {
  // Client.Schema.prototype.redirectUris, .postLogoutRedirectUris, .scopes; Client.prototype.compareClientSecret, .redirectUriAllowed
  askTheRegistry(provider);
  // ReplayDetection.unique
  Object.assign(provider.ReplayDetection, { unique: tokenEndpoint.useOnce.run });
  // Session.get; Session.prototype.resetIdentifier, .ensureClientContainer
  followPortalSessions(provider, authorizationEndpoint.findSession.run);
  // Interaction.find
  recheckResumedRequests(provider, authorizationEndpoint.recheckRequest.run);
  // AccessToken.prototype.generateTokenId, ClientCredentials.prototype.generateTokenId, RefreshToken.prototype.generateTokenId
  mintTokens(provider);
  // ClientCredentials.prototype.save
  keepToRegisteredScopes(provider, tokenEndpoint.limitToRegistration.run);
  // AccessToken.prototype.save
  setAudiences(provider, tokenEndpoint.limitToAudience.run);
  // AccessToken.find
  takeTokensAtUserinfo(provider);
  // AuthorizationCode.prototype.consume
  requirePkce(provider, tokenEndpoint.requirePkce.run);
  // DeviceCode.find
  slowDown(provider, tokenEndpoint.requireInterval.run);
  // RefreshToken.find; RefreshToken.prototype.consume
  addRefreshGrace(provider, tokenEndpoint.replaceRefreshToken.run);
}

/** Skips oidc-provider's checks of client metadata, which the registry made on writing, and compares secrets and redirect URIs itself. */
function askTheRegistry({ Client }: Provider): void {
  const { Schema } = Client as unknown as { Schema: { prototype: object } };
  Object.assign(Schema.prototype, {
    // Called again, with a list, for an unregistered redirect URI of a pushed request.
    redirectUris(this: { invalidate: (why: string) => never }, pushed?: readonly unknown[]) {
      const why = pushed && authorizationEndpoint.judgePreview.run(pushed[0]);
      if (why !== undefined) this.invalidate(why);
    },
    postLogoutRedirectUris() {},
    scopes() {},
  });
  Object.assign(Client.prototype, {
    compareClientSecret(this: { clientId: string }, secret: string) {
      return tokenEndpoint.compareSecret.run(this.clientId, secret);
    },
    redirectUriAllowed(this: { clientId: string }, uri: unknown) {
      return authorizationEndpoint.matchRedirectUri.run(this.clientId, uri);
    },
  });
}
