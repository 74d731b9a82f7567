import { type Adapter, type Configuration, errors, Provider, type ResourceServer } from 'oidc-provider';
import { authMethods } from '#lib/clients/rules';
import { env } from '#lib/kernel/env';
import { keys } from '#lib/kernel/keys';
import { addressIn, languageOfTags } from '#lib/languages/index';
import type { SigningKey } from '#lib/signing-keys/index';
import { pairwiseSubject } from './account.ts';
import { artifactsOf } from './adapter.ts';
import { authorizationEndpoint } from './authorization-endpoint.ts';
import { claimsOfScopes } from './claims.ts';
import { clockToleranceSeconds, proofAlgorithms } from './clients/authenticate.ts';
import { registry } from './clients/client-view.ts';
import { clientOf } from './clients/registered-client.ts';
import { consentPolicy } from './interaction/consent-policy.ts';
import { grantsOfPeople } from './interaction/grant-view.ts';
import { keptInteractions } from './interaction/kept-interactions.ts';
import { rotatesRefreshTokens } from './overrides/refresh-tokens.ts';
import { paths } from './paths.ts';
import { pushedRequests } from './pushed-requests.ts';
import { dpop } from './request-rules.ts';
import { currentRequest } from './request-state.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { deviceCodeLifetimeSeconds, deviceFlow } from './tokens/device-codes.ts';
import { mayIntrospect } from './tokens/introspection.ts';

/** The configuration of oidc-provider. `scopes`: the names of all scopes in the catalogue. */
export const configurationOf = (signingKeys: readonly SigningKey[], scopes: readonly string[]): Configuration => ({
  adapter: (kind) => {
    if (kind === 'Client') return registry(steps);
    if (kind === 'PushedAuthorizationRequest') return pushedRequests(stored(kind));
    if (kind === 'Interaction') return keptInteractions(authorizationEndpoint.storeInteraction.run);
    return kind === 'Grant' ? grantsOfPeople(tokenEndpoint.findGrant.run) : stored(kind);
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
  extraParams: {
    response_type: authorizationEndpoint.checkResponseTypes.run,
    claims: authorizationEndpoint.checkStorableClaims.run,
    scope: authorizationEndpoint.keepKnownScopes.run,
  },
  allowOmittingSingleRegisteredRedirectUri: false, // rule R14
  subjectTypes: ['public', 'pairwise'],
  pairwiseIdentifier: pairwiseSubject,
  clientAuthMethods: [...authMethods],
  clientBasedCORS: tokenEndpoint.requireOrigin.run,
  clockTolerance: clockToleranceSeconds,
  enabledJWA: {
    clientAuthSigningAlgValues: proofAlgorithms,
    dPoPSigningAlgValues: proofAlgorithms,
    idTokenSigningAlgValues: ['RS256', 'ES256'],
    userinfoSigningAlgValues: ['RS256', 'ES256'],
  },
  assertJwtClientAuthClaimsAndHeader: tokenEndpoint.checkAssertion.run,
  findAccount: (ctx, userId) => steps().findAccount.run(ctx, userId),
  loadExistingGrant: authorizationEndpoint.loadGrant.run,
  interactions: {
    policy: consentPolicy(authorizationEndpoint),
    url: (_ctx, { uid, params }) => addressIn(languageOfTags(params.ui_locales), `/consent/${uid}`),
  },
  pkce: { required: authorizationEndpoint.requirePkce.run },
  issueRefreshToken: (_ctx, { clientId }) => clientOf(clientId).grantTypes.includes('refresh_token'),
  rotateRefreshToken: rotatesRefreshTokens,
  expiresWithSession: () => false, // artifacts end with the portal's session in the database
  // Revoking the tokens of one authorization leaves the person's grant unchanged.
  revokeGrantPolicy: () => false,
  renderError: (_ctx, { error, error_description: description = '' }, thrown) => {
    currentRequest().refusal = { error, description, isOver: thrown instanceof errors.SessionNotFound };
  },
  ttl: lifetimes,
  features: {
    devInteractions: { enabled: false },
    claimsParameter: { enabled: true },
    jwtUserinfo: { enabled: true },
    pushedAuthorizationRequests: { enabled: true, allowUnregisteredRedirectUris: true },
    rpInitiatedLogout: { enabled: false }, // see end-session.ts
    backchannelLogout: { enabled: true }, // adds `sid` to ID tokens; the end of a session queues the logout notices
    dPoP: dpop(),
    clientCredentials: { enabled: true },
    deviceFlow,
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => client.clientId === token.clientId },
    introspection: { enabled: true, allowedPolicy: mayIntrospect },
    resourceIndicators: {
      enabled: true,
      defaultResource: (...asked) => steps().chooseResources.run(...asked),
      useGrantedResource: tokenEndpoint.useGrantedResources.run,
      getResourceServerInfo: (ctx, uri) => steps().describeResource.run(ctx, uri),
    },
  },
});

/** The steps of the current request. Other endpoints of programs find clients and resources as the token endpoint does. */
function steps(): typeof tokenEndpoint | typeof authorizationEndpoint {
  const route = Provider.ctx?.oidc.route ?? '';
  return route in { authorization: 1, resume: 1, pushed_authorization_request: 1 }
    ? authorizationEndpoint
    : tokenEndpoint;
}

/** The storage of a kind of artifacts whose writes are steps. */
const stored = (kind: string): Adapter => ({
  ...artifactsOf(kind),
  upsert(value, payload, expiresIn) {
    const rotates = kind === 'RefreshToken' && Provider.ctx?.oidc.entities.RotatedRefreshToken !== undefined;
    const { run } = rotates ? tokenEndpoint.storeRotated : steps().store;
    return run(kind, value, payload, expiresIn);
  },
  consume: (value) => (kind === 'DeviceCode' ? tokenEndpoint.spendDeviceCode : steps().spend).run(kind, value),
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
