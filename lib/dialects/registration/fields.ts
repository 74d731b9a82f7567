import type { LocalizedTexts } from '#lib/clients/rules';

/** The wire's names (RFC 7591 §2, OpenID Connect Registration §2, RFC 9126, RFC 9449) and the domain's. */
const names = {
  client_name: 'name',
  client_uri: 'clientUri',
  logo_uri: 'logoUri',
  tos_uri: 'tosUri',
  policy_uri: 'policyUri',
  contacts: 'contacts',
  redirect_uris: 'redirectUris',
  post_logout_redirect_uris: 'postLogoutRedirectUris',
  token_endpoint_auth_method: 'tokenEndpointAuthMethod',
  grant_types: 'grantTypes',
  response_types: 'responseTypes',
  application_type: 'applicationType',
  scope: 'scopes',
  jwks: 'jwks',
  jwks_uri: 'jwksUri',
  software_id: 'softwareId',
  software_version: 'softwareVersion',
  subject_type: 'subjectType',
  sector_identifier_uri: 'sectorIdentifierUri',
  id_token_signed_response_alg: 'idTokenSignedResponseAlg',
  userinfo_signed_response_alg: 'userinfoSignedResponseAlg',
  initiate_login_uri: 'initiateLoginUri',
  backchannel_logout_uri: 'backchannelLogoutUri',
  backchannel_logout_session_required: 'backchannelLogoutSessionRequired',
  default_max_age: 'defaultMaxAgeSeconds',
  require_auth_time: 'requireAuthTime',
  default_acr_values: 'defaultAcrValues',
  require_pushed_authorization_requests: 'requirePushedAuthorizationRequests',
  dpop_bound_access_tokens: 'dpopBoundAccessTokens',
  // Known, and refused until they are enforced (rules M9, M10, M21).
  tls_client_auth_subject_dn: 'tlsClientAuthSubjectDn',
  tls_client_auth_san_dns: 'tlsClientAuthSanDns',
  tls_client_auth_san_uri: 'tlsClientAuthSanUri',
  tls_client_auth_san_ip: 'tlsClientAuthSanIp',
  tls_client_auth_san_email: 'tlsClientAuthSanEmail',
  tls_client_certificate_bound_access_tokens: 'tlsClientCertificateBoundAccessTokens',
  require_signed_request_object: 'requireSignedRequestObject',
  request_object_signing_alg: 'requestObjectSigningAlg',
  authorization_details_types: 'authorizationDetailsTypes',
};

const localizable: readonly (keyof LocalizedTexts)[] = ['name', 'clientUri', 'logoUri', 'tosUri', 'policyUri'];

export const domainNames: ReadonlyMap<string, string> = new Map(Object.entries(names));
const wireNames = new Map(Object.entries(names).map(([wire, domain]) => [domain, wire]));
wireNames.set('softwareStatement', 'software_statement').set('clientSecret', 'client_secret');

/** `client_name#de` as a member of a language's texts; undefined for any other name (RFC 7591 §2.2). */
export function readTagged(key: string): { member: keyof LocalizedTexts; tag: string } | undefined {
  const [, name = '', tag = ''] = /^([a-z_]+)#(.*)$/s.exec(key) ?? [];
  const member = localizable.find((one) => one === domainNames.get(name));
  return member && { member, tag };
}

export const writeTagged = (member: string, tag: string): string => `${wireNames.get(member) ?? member}#${tag}`;

/** A field of the domain, with the way into it, as the wire spells it. */
export function wireNameOf(field: string): string {
  const [name = '', ...rest] = field.split('.');
  if (name !== 'localized' || rest.length === 0) return [wireNames.get(name) ?? name, ...rest].join('.');
  const [tag = '', member] = rest;
  return member === undefined ? `#${tag}` : writeTagged(member, tag);
}
