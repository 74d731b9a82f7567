import { type ClientMetadata, pathOfUnknown } from '#lib/clients/rules';
import { tableOf } from '#lib/table';

/** This API's names of the domain's fields: those of RFC 7591 and OpenID Registration where they have one. */
export const clientNames = {
  name: 'client_name',
  description: 'description',
  applicationType: 'application_type',
  environment: 'environment',
  tokenEndpointAuthMethod: 'token_endpoint_auth_method',
  secretOptional: 'secret_optional',
  requirePkce: 'require_pkce',
  grantTypes: 'grant_types',
  responseTypes: 'response_types',
  scopes: 'scope',
  optionalScopes: 'optional_scopes',
  redirectUris: 'redirect_uris',
  postLogoutRedirectUris: 'post_logout_redirect_uris',
  allowedOrigins: 'allowed_origins',
  clientUri: 'client_uri',
  logoUri: 'logo_uri',
  tosUri: 'tos_uri',
  policyUri: 'policy_uri',
  contacts: 'contacts',
  localized: 'localized',
  accessTokenLifetimeSeconds: 'access_token_lifetime_seconds',
  refreshTokenLifetimeSeconds: 'refresh_token_lifetime_seconds',
  openToOtherOrganizations: 'open_to_other_organizations',
  jwks: 'jwks',
  jwksUri: 'jwks_uri',
  softwareId: 'software_id',
  softwareVersion: 'software_version',
  subjectType: 'subject_type',
  sectorIdentifierUri: 'sector_identifier_uri',
  idTokenSignedResponseAlg: 'id_token_signed_response_alg',
  userinfoSignedResponseAlg: 'userinfo_signed_response_alg',
  initiateLoginUri: 'initiate_login_uri',
  backchannelLogoutUri: 'backchannel_logout_uri',
  backchannelLogoutSessionRequired: 'backchannel_logout_session_required',
  defaultMaxAgeSeconds: 'default_max_age',
  requireAuthTime: 'require_auth_time',
  defaultAcrValues: 'default_acr_values',
  requirePushedAuthorizationRequests: 'require_pushed_authorization_requests',
  dpopBoundAccessTokens: 'dpop_bound_access_tokens',
} as const satisfies Record<keyof ClientMetadata, string>;

/** Names that differ from the domain's by more than their spelling. */
const otherNames = tableOf({
  scopes: 'scope',
  overlap: 'overlap_seconds',
  idempotencyKey: '@Idempotency-Key',
});

const clientName = tableOf<string>(clientNames);

export type Naming = 'client' | 'plain';

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The domain's name of a field as this API writes it; names that are written so already stay. */
export function wireName(name: string, naming: Naming): string {
  return (naming === 'client' ? clientName(name) : undefined) ?? otherNames(name) ?? snake(name);
}

/** `localized.de.name` → `localized.de.client_name`; a place in the list of scopes is none in the text. */
export function wirePath(path: string, naming: Naming): string {
  if (pathOfUnknown(path)) return path;
  const [first = '', ...rest] = path.split('.');
  const name = wireName(first, naming);
  if (name === 'scope') return name;
  const inner = first === 'localized' ? rest.map((part, at) => (at === 0 ? part : wireName(part, naming))) : rest;
  return [name, ...inner].join('.');
}

/** RFC 6901 §6: the way into a body, escaped as a pointer, then as a fragment. */
export const pointerOf = (path: readonly string[]): string =>
  `#${path.map((part) => `/${encodeURIComponent(part.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;
