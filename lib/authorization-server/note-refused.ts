import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { database } from '#lib/kernel/database';
import { tableOf } from '#lib/kernel/table';
import { type NewRefusal, noteRefusal, type RefusalEndpoint, type RefusalReason } from '#lib/refusals/index';
import { currentRequest, type RequestState } from './request-state.ts';

type Failure = { error: string; error_description?: string | undefined; error_detail?: string | undefined };

const endpoints = tableOf<RefusalEndpoint>({
  authorization: 'authorize',
  resume: 'authorize',
  pushed_authorization_request: 'par',
  token: 'token',
  device_authorization: 'device',
  revocation: 'revoke',
  introspection: 'introspect',
  userinfo: 'userinfo',
});

/** Stores why a request is refused, in more detail than the answer to the client. */
export function rememberRefusals(provider: Provider): void {
  provider.on('authorization.error', remember);
  provider.on('pushed_authorization_request.error', remember);
  provider.on('grant.error', remember);
  provider.on('device_authorization.error', remember);
  provider.on('revocation.error', remember);
  provider.on('introspection.error', remember);
  provider.on('userinfo.error', remember);
}

function remember(ctx: KoaContextWithOIDC, failure: Failure): void {
  const { error, error_description: description = '', error_detail: why = description } = failure;
  const endpoint = endpoints(ctx.oidc.route);
  const found = reasonOf(error, why);
  const current = currentRequest();
  delete current.refused;
  if (!found || !endpoint) return;
  const { reason, parameter } = found;
  const asked = parameter === 'origin' ? ctx.get('origin') : ctx.oidc.params?.[parameter ?? ''];
  const redirectUri = reason === 'redirect_uri' ? ctx.oidc.params?.redirect_uri : undefined;
  current.refused = {
    endpoint,
    reason,
    error,
    description: why,
    ...(asked !== undefined && { asked: [asked].flat().map(withoutQuery).join(' ') }),
    ...(typeof redirectUri === 'string' && { redirectUri }),
  };
}

/** Removes the query, which may hold private data. */
const withoutQuery = (value: unknown): string => String(value).split('?', 1)[0] ?? '';

/** Notes the refusal for the client's owner; returns the reference under which they find it. */
export function noteRefused({ refused, clientId, clients }: RequestState): string | undefined {
  if (!refused) return undefined;
  const id = clientId === undefined ? undefined : (clients.get(clientId)?.clientId ?? clientId);
  return noteRefusal(database(), { clientId: id, ...refused } satisfies NewRefusal);
}

type Found = {
  reason: RefusalReason;
  /** The parameter that is wrong. */
  parameter?: string;
};

/** The reason of each refusal, by a pattern for `error: description`; the first match counts. */
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

/** Errors that are part of normal operation and are not noted: a person's decision, or a step of a protocol. */
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

/** The reason of a refusal, from oidc-provider's error; undefined for an error of normal operation. */
function reasonOf(error: string, why: string): Found | undefined {
  if (ordinary.has(error)) return undefined;
  const [, reason = 'other', parameter] = reasons.find(([pattern]) => pattern.test(`${error}: ${why}`)) ?? [];
  return parameter === undefined ? { reason } : { reason, parameter };
}
