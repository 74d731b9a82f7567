import { findAccount } from './account.ts';
import { spendArtifact, storeArtifact } from './adapter.ts';
import { keysToVerify } from './clients/client-keys.ts';
import { findRegisteredClient, isRedirectOf } from './clients/registered-client.ts';
import {
  requireAccountChoice,
  requireConsentEachTime,
  requireMembership,
  requireSomethingAsked,
} from './interaction/consent-policy.ts';
import { loadGrant } from './interaction/grant-view.ts';
import { storeInteraction } from './interaction/kept-interactions.ts';
import { findPortalSession, recheckRequest } from './overrides/sessions.ts';
import { refusalOfPreview } from './pushed-requests.ts';
import { checkResponseTypes, checkStorableClaims, isPkceRequired, keepKnownScopes } from './request-rules.ts';
import { ofLibrary, step } from './steps.ts';
import { readRequest } from './tokens/granted-scope.ts';
import { chooseResources, describeResource } from './tokens/resource-indicators.ts';

/** The requests: a browser arrives, a browser returns with the person's answer, a client pushes its request (RFC 9126). */
const [A, R, P] = ['authorization', 'resume', 'pushed_authorization_request'];

/**
 * The authorization endpoint and pushed requests: the steps in the order of a request. A pushed request first authenticates its client, as at
 * the token endpoint. oidc-provider calls ours where `configuration.ts` and `overrides/overrides.ts` connect them.
 * `tests/http/oauth/pipelines.test.ts` compares order and errors with real requests and with the library.
 */
export const authorizationEndpoint = {
  findSession: step(findPortalSession, [A, R]),
  recheckRequest: step(recheckRequest, [R], 'invalid_redirect_uri', 'invalid_scope'),
  findClient: step(findRegisteredClient, [A, R, P], 'invalid_client'),
  readRequest: step(readRequest, [A, R, P]),
  findKeys: step(keysToVerify, [P], 'rate_limited'),
  checkClient: ofLibrary([A, R], 'invalid_request', 'invalid_client'),
  loadPushedAuthorizationRequest: ofLibrary([A], 'invalid_request_uri'),
  checkResponseMode: ofLibrary([A, P], 'invalid_request', 'unsupported_response_mode'),
  checkResponseType: ofLibrary([A, P], 'unsupported_response_type', 'unauthorized_client'),
  checkPrompt: ofLibrary([A, P], 'invalid_request'),
  checkScope: ofLibrary([A, P], 'invalid_scope'),
  checkRedirectUri: ofLibrary([A, P], 'invalid_redirect_uri'),
  matchRedirectUri: step(isRedirectOf, [A, P], 'invalid_redirect_uri'),
  judgePreview: step(refusalOfPreview, [A, P], 'invalid_redirect_uri'),
  checkPKCE: ofLibrary([A, P], 'invalid_request'),
  requirePkce: step(isPkceRequired, [A, P], 'invalid_request'),
  checkClaims: ofLibrary([A, P], 'invalid_request'),
  checkResource: ofLibrary([A, R, P], 'invalid_target'),
  chooseResources: step(chooseResources, [A, R, P], 'invalid_target'),
  describeResource: step(describeResource, [A, R, P], 'invalid_target'),
  checkExtraParams: ofLibrary([A, P]),
  checkResponseTypes: step(checkResponseTypes, [A, P], 'unsupported_response_type'),
  checkStorableClaims: step(checkStorableClaims, [A, P], 'invalid_request'),
  keepKnownScopes: step(keepKnownScopes, [A, P], 'invalid_scope'),
  findAccount: step(findAccount, [A, R]),
  loadGrant: step(loadGrant, [A, R]),
  interactions: ofLibrary([A, R], 'login_required', 'consent_required'),
  requireSomethingAsked: step(requireSomethingAsked, [A, R], 'invalid_scope'),
  requireMembership: step(requireMembership, [A, R], 'access_denied'),
  requireAccountChoice: step(requireAccountChoice, [A, R], 'account_selection_required'),
  requireConsentEachTime: step(requireConsentEachTime, [A, R], 'consent_required'),
  /** The person is asked on a page: see `interaction/answer-consent.ts`. */
  storeInteraction: step(storeInteraction, [A, R], 'rate_limited'),
  spend: step(spendArtifact, [A, R], 'invalid_request_uri'),
  respond: ofLibrary([A, R]),
  store: step(storeArtifact, [A, R, P], 'invalid_client', 'invalid_grant'),
};
