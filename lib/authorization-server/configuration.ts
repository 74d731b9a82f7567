import { type Configuration, errors } from 'oidc-provider';
import { isConfidential } from '../clients/rules.ts';
import { keys } from '../keys.ts';
import { addressIn, languageOfTags } from '../languages/index.ts';
import type { SigningKey } from '../signing-keys/index.ts';
import { findAccount, pairwiseSubject } from './account.ts';
import { artifactsOf } from './adapter.ts';
import { requireCallingOrigin } from './calling-origin.ts';
import { claimsOfScopes } from './claims.ts';
import { requireOwnAssertion } from './client-assertion.ts';
import { registry } from './client-view.ts';
import { consentPolicy } from './consent-policy.ts';
import { cookieNames } from './cookie-names.ts';
import { deviceFlow } from './device-codes.ts';
import { exchange } from './exchange.ts';
import { grantsOfPeople, loadGrant } from './grant-view.ts';
import { mayIntrospect } from './introspection.ts';
import { keptInteractions } from './kept-interactions.ts';
import { lifetimes } from './lifetimes.ts';
import { paths } from './paths.ts';
import { possession } from './possession.ts';
import { clockToleranceSeconds, proofAlgorithms } from './proof-algorithms.ts';
import { pushedRequests } from './pushed-requests.ts';
import { rotatesRefreshTokens } from './refresh-rotation.ts';
import { authMethods, clientOf } from './registered-client.ts';
import { requestRules } from './request-rules.ts';
import { resourceIndicators } from './resource-indicators.ts';

/** Everything that oidc-provider is told. `scopes` are those of the catalogue. */
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
  expiresWithSession: () => false, // our rows do that themselves: see token-binding.ts
  // What is over for one authorization leaves what the person allowed as it is.
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
    backchannelLogout: { enabled: true }, // so that ID tokens name the session; who is told is written with its end
    dPoP: possession(),
    clientCredentials: { enabled: true },
    deviceFlow,
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => client.clientId === token.clientId },
    introspection: { enabled: true, allowedPolicy: mayIntrospect },
    resourceIndicators,
  },
});
