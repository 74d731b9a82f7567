import type { ClientMetadata, FieldName } from '#lib/clients/rules';

type Member<T> = {
  /** RFC 7591 §2, OpenID Connect Registration §2, RFC 9126, RFC 9449. */
  name: string;
  /** Writes the value, if the wire form differs. */
  write?: (value: T) => unknown;
  /** Written even if it is empty. */
  always?: true;
};

/** A client's fields in this protocol; null if the protocol does not define the field. Localized texts are written separately. */
const members = {
  name: { name: 'client_name' },
  clientUri: { name: 'client_uri' },
  logoUri: { name: 'logo_uri' },
  tosUri: { name: 'tos_uri' },
  policyUri: { name: 'policy_uri' },
  contacts: { name: 'contacts' },
  redirectUris: { name: 'redirect_uris' },
  postLogoutRedirectUris: { name: 'post_logout_redirect_uris' },
  tokenEndpointAuthMethod: { name: 'token_endpoint_auth_method' },
  grantTypes: { name: 'grant_types', always: true },
  responseTypes: { name: 'response_types', always: true },
  applicationType: {
    name: 'application_type',
    write: (type: string) => (type === 'native' || type === 'device' ? 'native' : 'web'),
  },
  scopes: { name: 'scope', write: (scopes: string[]) => scopes.join(' ') },
  jwks: { name: 'jwks' },
  jwksUri: { name: 'jwks_uri' },
  softwareId: { name: 'software_id' },
  softwareVersion: { name: 'software_version' },
  subjectType: { name: 'subject_type' },
  sectorIdentifierUri: { name: 'sector_identifier_uri' },
  idTokenSignedResponseAlg: { name: 'id_token_signed_response_alg' },
  userinfoSignedResponseAlg: { name: 'userinfo_signed_response_alg' },
  initiateLoginUri: { name: 'initiate_login_uri' },
  backchannelLogoutUri: { name: 'backchannel_logout_uri' },
  backchannelLogoutSessionRequired: { name: 'backchannel_logout_session_required' },
  defaultMaxAgeSeconds: { name: 'default_max_age' },
  requireAuthTime: { name: 'require_auth_time' },
  defaultAcrValues: { name: 'default_acr_values' },
  requirePushedAuthorizationRequests: { name: 'require_pushed_authorization_requests' },
  dpopBoundAccessTokens: { name: 'dpop_bound_access_tokens' },
  description: null,
  environment: null,
  secretOptional: null,
  requirePkce: null,
  optionalScopes: null,
  allowedOrigins: null,
  localized: null,
  accessTokenLifetimeSeconds: null,
  refreshTokenLifetimeSeconds: null,
  openToOtherOrganizations: null,
} satisfies { readonly [Name in FieldName]: Member<ClientMetadata[Name]> | null };

const entries = Object.entries<Member<never> | null>(members).flatMap(([field, member]) =>
  member ? [{ field: field as FieldName, ...member }] : [],
);

/** The protocol's names and their domain fields. */
export const memberNames = entries.map(({ name, field }) => [name, field] as const);

const table: { readonly [Name in FieldName]: Member<ClientMetadata[Name]> | null } = members;

/** Writes the registered values. Empty ones are omitted, because a PUT treats an omitted member as empty (RFC 7592 §2.2). */
export const writeMembers = (client: ClientMetadata): Record<string, unknown> =>
  Object.fromEntries(
    entries
      .map(({ field, name, always }) => ({ name, always, value: writeField(field, client[field]) }))
      .filter(({ value, always }) => always || (value !== null && !(Array.isArray(value) && value.length === 0)))
      .map(({ name, value }) => [name, value]),
  );

function writeField<Name extends FieldName>(field: Name, value: ClientMetadata[Name]): unknown {
  const write = table[field]?.write;
  return write ? write(value) : value;
}
