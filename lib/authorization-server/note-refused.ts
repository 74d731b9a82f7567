import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { database } from '#lib/kernel/database';
import { tableOf } from '#lib/kernel/table';
import { type NewRefusal, noteRefusal, type RefusalEndpoint, type RefusalReason } from '#lib/refusals/index';
import { type Exchange, exchange } from './exchange.ts';

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

/** Remembers why a request is refused, in more words than its client may be told. */
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
  const current = exchange();
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

/** Notes it for the owner of the client that asked; returns the reference under which they find it. */
export function noteRefused({ refused, clientId, clients }: Exchange): string | undefined {
  if (!refused) return undefined;
  const id = clientId === undefined ? undefined : (clients.get(clientId)?.clientId ?? clientId);
  return noteRefusal(database(), { clientId: id, ...refused } satisfies NewRefusal);
}

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
function reasonOf(error: string, why: string): Found | undefined {
  if (ordinary.has(error)) return undefined;
  const [, reason = 'other', parameter] = reasons.find(([pattern]) => pattern.test(`${error}: ${why}`)) ?? [];
  return parameter === undefined ? { reason } : { reason, parameter };
}
