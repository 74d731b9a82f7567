import { finding, type LocalizedTexts, localizableFields, remediesOf } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { memberNames } from './members.ts';

/** The wire names and the domain's names. */
const names = {
  ...Object.fromEntries(memberNames),
  // Known, but refused until they are enforced (rules M9, M10, M21).
  tls_client_auth_subject_dn: 'tlsClientAuthSubjectDn',
  tls_client_auth_san_dns: 'tlsClientAuthSanDns',
  tls_client_auth_san_uri: 'tlsClientAuthSanUri',
  tls_client_auth_san_ip: 'tlsClientAuthSanIp',
  tls_client_auth_san_email: 'tlsClientAuthSanEmail',
  tls_client_certificate_bound_access_tokens: 'tlsClientCertificateBoundAccessTokens',
  require_signed_request_object: 'requireSignedRequestObject',
  request_object_signing_alg: 'requestObjectSigningAlg',
  authorization_details_types: 'authorizationDetailsTypes',
  id_token_encrypted_response_alg: 'idTokenEncryptedResponseAlg',
  userinfo_encrypted_response_alg: 'userinfoEncryptedResponseAlg',
  // Lists of supported values; the server chooses one (OpenID Connect RP Metadata Choices 1.0).
  token_endpoint_auth_methods_supported: 'tokenEndpointAuthMethodsSupported',
  token_endpoint_auth_signing_alg_values_supported: 'tokenEndpointAuthSigningAlgValuesSupported',
  id_token_signing_alg_values_supported: 'idTokenSigningAlgValuesSupported',
  userinfo_signing_alg_values_supported: 'userinfoSigningAlgValuesSupported',
  subject_types_supported: 'subjectTypesSupported',
};

/** Members of the protocol that are read elsewhere, or that clients send back from a response. */
const besides = new Set(
  'client_id client_secret client_id_issued_at client_secret_expires_at registration_access_token registration_client_uri software_statement dropped_scopes warnings'.split(
    ' ',
  ),
);
const hintsMax = 50;

export const domainNames: ReadonlyMap<string, string> = new Map(Object.entries(names));
const wireNames = new Map(Object.entries(names).map(([wire, domain]) => [domain, wire]));
wireNames.set('softwareStatement', 'software_statement').set('clientSecret', 'client_secret');

/** `client_name#de` as a member of a language's texts; undefined for any other name (RFC 7591 §2.2). */
export function readTagged(key: string): { member: keyof LocalizedTexts; tag: string } | undefined {
  const [, name = '', tag = ''] = /^([a-z_]+)#(.*)$/s.exec(key) ?? [];
  const member = localizableFields.find((one) => one === domainNames.get(name));
  return member && { member, tag };
}

export const writeTagged = (member: string, tag: string): string => `${wireNames.get(member) ?? member}#${tag}`;

/** The wire name of a domain field's path. */
export function wireNameOf(field: string): string {
  const [name = '', ...rest] = field.split('.');
  if (name !== 'localized' || rest.length === 0) return [wireNames.get(name) ?? name, ...rest].join('.');
  const [tag = '', member] = rest;
  return member === undefined ? `#${tag}` : writeTagged(member, tag);
}

/** Issues for ignored members (rule M1) that are another API's name for a member of this protocol. */
export function hintsOf(body: object): Issue[] {
  const ignored = Object.entries(body).filter(
    ([key]) => !domainNames.has(key) && !besides.has(key) && !readTagged(key),
  );
  const remedies = ignored.flatMap(([key, value]) => remediesOf(key, value, (own) => wireNames.get(own)));
  const known = remedies.filter(({ message }) => !message.startsWith('Remove it'));
  return known.slice(0, hintsMax).map(({ path, message }) => finding(path.join('.'), 'M1', message));
}

/** Writes an issue or a replacement with the member's wire name; an unknown member keeps its name. */
export const writeIssue = ({ field, rule, message }: Issue) => ({
  field: rule === 'M1' ? field.slice(0, 200) : wireNameOf(field),
  rule,
  message,
});
