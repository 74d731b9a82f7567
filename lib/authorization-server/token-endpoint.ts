import { findAccount } from './account.ts';
import { spendArtifact, storeArtifact } from './adapter.ts';
import { compareSecret, isFirstUse, requireOwnAssertion } from './clients/authenticate.ts';
import { keysToVerify } from './clients/client-keys.ts';
import { noteGrantUse } from './clients/note-use.ts';
import { findRegisteredClient } from './clients/registered-client.ts';
import { findGrant } from './interaction/grant-view.ts';
import { replaceUsed } from './overrides/refresh-tokens.ts';
import { limitToAudience, limitToRegistration, requirePkceWithoutSecret } from './overrides/tokens.ts';
import { requireCallingOrigin } from './request-rules.ts';
import { ofLibrary, step } from './steps.ts';
import { requireInterval } from './tokens/device-codes.ts';
import { readRequest } from './tokens/granted-scope.ts';
import { chooseResources, describeResource, useGrantedResources } from './tokens/resource-indicators.ts';

/** The grant types: authorization code, refresh token, device code, client credentials. */
const [C, R, D, M] = ['authorization_code', 'refresh_token', 'device_code', 'client_credentials'];
const all = [C, R, D, M];

/**
 * The token endpoint: its steps in the order of a request. oidc-provider calls ours where `configuration.ts` and `overrides/overrides.ts`
 * connect them. `tests/http/oauth/pipelines.test.ts` compares order and errors with real requests.
 */
export const tokenEndpoint = {
  findClient: step(findRegisteredClient, all, 'invalid_client'),
  readRequest: step(readRequest, all),
  findKeys: step(keysToVerify, all, 'rate_limited'),
  requireOrigin: step(requireCallingOrigin, all, 'invalid_request'),
  compareSecret: step(compareSecret, all, 'invalid_client', 'rate_limited'),
  checkAssertion: step(requireOwnAssertion, all, 'invalid_client'),
  /** The `jti` of an assertion; the one of a DPoP proof is used when the token is made. */
  useOnce: step(isFirstUse, all, 'invalid_client', 'invalid_grant'),
  supportedGrantTypeCheck: ofLibrary(all, 'invalid_request', 'unsupported_grant_type'),
  allowedGrantTypeCheck: ofLibrary(all, 'unauthorized_client'),
  validateDpop: ofLibrary(all, 'invalid_dpop_proof', 'use_dpop_nonce'),
  requireInterval: step(requireInterval, [D], 'slow_down'),
  spendDeviceCode: step(spendArtifact, [D], 'invalid_grant'),
  findGrant: step(findGrant, [C, R, D], 'invalid_grant'),
  checkPKCE: ofLibrary([C], 'invalid_grant'),
  requirePkce: step(requirePkceWithoutSecret, [C], 'invalid_grant'),
  spend: step(spendArtifact, [C], 'invalid_grant'),
  findAccount: step(findAccount, [C, R, D], 'invalid_grant'),
  replaceRefreshToken: step(replaceUsed, [R], 'invalid_grant'),
  storeRotated: step(storeArtifact, [R], 'invalid_grant', 'invalid_client'),
  useGrantedResources: step(useGrantedResources, [C, R, D], 'invalid_target'),
  chooseResources: step(chooseResources, all, 'invalid_target'),
  describeResource: step(describeResource, all, 'invalid_target'),
  limitToAudience: step(limitToAudience, [C, R, D], 'invalid_scope'),
  limitToRegistration: step(limitToRegistration, [M], 'invalid_scope'),
  store: step(storeArtifact, all, 'invalid_grant', 'invalid_client'),
  noteUse: step(noteGrantUse, all),
};
