import { type Configuration, errors, type ResourceServer } from 'oidc-provider';
import { isConfidential } from '#lib/clients/rules';
import { env } from '#lib/kernel/env';
import { keys } from '#lib/kernel/keys';
import { addressIn, languageOfTags } from '#lib/languages/index';
import type { SigningKey } from '#lib/signing-keys/index';
import { findAccount, pairwiseSubject } from './account.ts';
import { artifactsOf } from './adapter.ts';
import { claimsOfScopes } from './claims.ts';
import { clockToleranceSeconds, proofAlgorithms, requireOwnAssertion } from './clients/client-assertion.ts';
import { registry } from './clients/client-view.ts';
import { authMethods, clientOf } from './clients/registered-client.ts';
import { exchange } from './exchange.ts';
import { consentPolicy } from './interaction/consent-policy.ts';
import { grantsOfPeople, loadGrant } from './interaction/grant-view.ts';
import { keptInteractions } from './interaction/kept-interactions.ts';
import { rotatesRefreshTokens } from './overrides/refresh-tokens.ts';
import { paths } from './paths.ts';
import { pushedRequests } from './pushed-requests.ts';
import { possession, requestRules, requireCallingOrigin } from './request-rules.ts';
import { deviceCodeLifetimeSeconds, deviceFlow } from './tokens/device-codes.ts';
import { mayIntrospect } from './tokens/introspection.ts';
import { resourceIndicators } from './tokens/resource-indicators.ts';

/** The configuration of oidc-provider. `scopes`: the names of all scopes in the catalogue. */
export const configurationOf = (signingKeys: readonly SigningKey[], scopes: readonly string[]): Configuration => ({
  adapter: (kind) => {
    if (kind === 'Client') return registry();
    if (kind === 'PushedAuthorizationRequest') return pushedRequests();
    if (kind === 'Interaction') return keptInteractions();
    return kind === 'Grant' ? grantsOfPeople() : artifactsOf(kind);
  },
  jwks: { keys: signingKeys.map(({ privateJwk }) => ({ ...privateJwk, kty: privateJwk.kty ?? '' })) },
  cookies: {
    keys: [keys().session],
    names: cookieNames(),
    short: { sameSite: 'lax', httpOnly: true, overwrite: true },
  },
  routes: paths,
  responseTypes: ['code'],
  scopes: ['openid', 'offline_access', ...scopes],
  claims: { ...claimsOfScopes },
  conformIdTokenClaims: false, // see 0026: many programs read the ID token alone
  extraParams: { ...requestRules },
  allowOmittingSingleRegisteredRedirectUri: false, // rule R14
  subjectTypes: ['public', 'pairwise'],
  pairwiseIdentifier: pairwiseSubject,
  clientAuthMethods: [...authMethods],
  clientBasedCORS: requireCallingOrigin,
  clockTolerance: clockToleranceSeconds,
  enabledJWA: {
    clientAuthSigningAlgValues: proofAlgorithms,
    dPoPSigningAlgValues: proofAlgorithms,
    idTokenSigningAlgValues: ['RS256', 'ES256'],
    userinfoSigningAlgValues: ['RS256', 'ES256'],
  },
  assertJwtClientAuthClaimsAndHeader: requireOwnAssertion,
  findAccount,
  loadExistingGrant: loadGrant,
  interactions: {
    policy: consentPolicy(),
    url: (_ctx, { uid, params }) => addressIn(languageOfTags(params.ui_locales), `/consent/${uid}`),
  },
  pkce: {
    required: (_ctx, { clientId }) => {
      const client = clientOf(clientId);
      return client.requirePkce || !(client.secretOptional || isConfidential(client));
    },
  },
  issueRefreshToken: (_ctx, { clientId }) => clientOf(clientId).grantTypes.includes('refresh_token'),
  rotateRefreshToken: rotatesRefreshTokens,
  expiresWithSession: () => false, // artifacts end with the portal's session in the database
  // Revoking the tokens of one authorization leaves the person's grant unchanged.
  revokeGrantPolicy: () => false,
  renderError: (_ctx, { error, error_description: description = '' }, thrown) => {
    exchange().refusal = { error, description, isOver: thrown instanceof errors.SessionNotFound };
  },
  ttl: lifetimes,
  features: {
    devInteractions: { enabled: false },
    claimsParameter: { enabled: true },
    jwtUserinfo: { enabled: true },
    pushedAuthorizationRequests: { enabled: true, allowUnregisteredRedirectUris: true },
    rpInitiatedLogout: { enabled: false }, // see end-session.ts
    backchannelLogout: { enabled: true }, // adds `sid` to ID tokens; the end of a session queues the logout notices
    dPoP: possession(),
    clientCredentials: { enabled: true },
    deviceFlow,
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => client.clientId === token.clientId },
    introspection: { enabled: true, allowedPolicy: mayIntrospect },
    resourceIndicators,
  },
});

/** Cookies do not depend on the port, so over http the name contains it: two portals on one machine do not share cookies. */
export function cookieNames() {
  const { protocol, port } = new URL(env().appUrl);
  const named = (name: string) =>
    protocol === 'https:' ? `__Secure-clientele.${name}` : `clientele-${port || '80'}.${name}`;
  return { session: named('unused'), interaction: named('consent'), resume: named('resume') };
}

const day = 24 * 60 * 60;

/** Lifetimes in seconds. Tokens live as long as their client registered. */
const lifetimes: Configuration['ttl'] = {
  AuthorizationCode: 60,
  DeviceCode: deviceCodeLifetimeSeconds,
  AccessToken: accessLifetime,
  ClientCredentials: accessLifetime,
  // A rotated refresh token expires when the first token of its family would have expired.
  RefreshToken: ({ oidc }, _token, { clientId }) =>
    oidc.entities.RotatedRefreshToken?.remainingTTL ?? clientOf(clientId).refreshTokenLifetimeSeconds,
  IdToken: 60 * 60,
  Interaction: 60 * 60,
  Session: 90 * day,
};

type Token = { resourceServer?: ResourceServer | undefined };

/** The lifetime that the client registered, limited by the resource's maximum; in seconds. */
function accessLifetime(_ctx: unknown, { resourceServer }: Token, { clientId }: { clientId: string }): number {
  const { accessTokenLifetimeSeconds: own } = clientOf(clientId);
  return Math.min(own, resourceServer?.accessTokenTTL ?? own);
}
