/** Where a client asked. */
export const refusalEndpoints = [
  'authorize',
  'par',
  'token',
  'device',
  'revoke',
  'introspect',
  'userinfo',
  'end_session',
] as const;
export type RefusalEndpoint = (typeof refusalEndpoints)[number];

/** Why a request was refused; `refresh_repeated` was answered, and is worth knowing. */
export const refusalReasons = [
  'redirect_uri',
  'code_redirect_uri',
  'document',
  'client_inactive',
  'pkce_missing',
  'pkce_method',
  'pkce_mismatch',
  'scope',
  'origin',
  'secret_wrong',
  'secret_ended',
  'authentication_method',
  'assertion',
  'grant_type',
  'response_type',
  'response_mode',
  'resource',
  'audience',
  'dpop',
  'par_required',
  'request_uri',
  'prompt',
  'parameter',
  'token_over',
  'refresh_reused',
  'refresh_repeated',
  'sign_out',
  'other',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];
