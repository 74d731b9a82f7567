import type { RefusalReason } from '../refusals/index.ts';

type Found = { reason: RefusalReason /** The parameter that it is about. */; parameter?: string };

/** What answers of oidc-provider, and ours, mean; the first that fits `error: why` counts. */
const reasons: readonly [RegExp, RefusalReason, parameter?: string][] = [
  [/may not call this endpoint/, 'origin', 'origin'],
  [/must not be provided twice/, 'parameter_twice'],
  [/policy requires PKCE|code_challenge must be provided|has to use PKCE/, 'pkce_missing'],
  [/code_challenge_method/, 'pkce_method', 'code_challenge_method'],
  [/code_verifier|code_challenge/, 'pkce_mismatch'],
  [/Pushed Authorization Request must be used/, 'par_required'],
  [/^invalid_request_uri|^request_uri_not_supported/, 'request_uri'],
  [/code redirect_uri mismatch/, 'code_redirect_uri'],
  [/^invalid_redirect_uri|: redirect_uri is not registered/, 'redirect_uri'],
  [/^unsupported_response_type|response_type is not allowed/, 'response_type', 'response_type'],
  [/response_mode/, 'response_mode', 'response_mode'],
  [/^invalid_scope/, 'scope', 'scope'],
  [/device_code is not allowed for this client/, 'grant_type'],
  [/^unsupported_grant_type|^unauthorized_client|grant type is not allowed/, 'grant_type', 'grant_type'],
  [/^invalid_target/, 'resource', 'resource'],
  [/^invalid_dpop_proof|dpop|jkt/i, 'dpop'],
  [/^invalid_client: (?:client not found|the client is not active)/, 'client_inactive'],
  [/invalid secret provided/, 'secret_wrong'],
  [/registered client authentication method|using one mechanism|client_id mismatch/, 'authentication_method'],
  [/authorization header value|Authorization header/, 'authentication_method'],
  [/^invalid_client|client_assertion/, 'assertion'],
  [/prompt/, 'prompt', 'prompt'],
  [/missing required parameter/, 'parameter'],
  [/refresh token already used/, 'refresh_reused'],
  [/^invalid_grant/, 'token_over'],
];

/** What a person decides, and what a client is told in the ordinary course, is no refusal of its request. */
const ordinary = new Set([
  'access_denied',
  'account_selection_required',
  'authorization_pending',
  'consent_required',
  'expired_token',
  'interaction_required',
  'invalid_token',
  'login_required',
  'server_error',
  'slow_down',
  'temporarily_unavailable',
  'use_dpop_nonce',
]);

/** Why a request was refused, by what oidc-provider says of it; undefined where nobody has to look at it. */
export function reasonOf(error: string, why: string): Found | undefined {
  if (ordinary.has(error)) return undefined;
  const [, reason = 'other', parameter] = reasons.find(([pattern]) => pattern.test(`${error}: ${why}`)) ?? [];
  return parameter === undefined ? { reason } : { reason, parameter };
}
