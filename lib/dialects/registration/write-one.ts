import type { Client } from '#lib/clients/rules';
import { writeTagged } from './fields.ts';

export type Address = {
  /** Where this registration is managed. */
  uri: string;
  /** The token that was sent, or just made: a registration is always told its own. */
  accessToken: string;
  softwareStatement: string | null;
};

/** All that is registered (RFC 7591 §3.2.1), also what was put in place of what was asked for. Holds no secret. */
export function writeOne(client: Client, { uri, accessToken, softwareStatement }: Address) {
  return {
    client_id: client.clientId,
    client_id_issued_at: Math.floor(client.createdAt.getTime() / 1000),
    registration_client_uri: uri,
    registration_access_token: accessToken,
    client_name: client.name,
    ...writeLocalized(client),
    ...withoutNothing({
      client_uri: client.clientUri,
      logo_uri: client.logoUri,
      tos_uri: client.tosUri,
      policy_uri: client.policyUri,
      contacts: client.contacts,
      redirect_uris: client.redirectUris,
      post_logout_redirect_uris: client.postLogoutRedirectUris,
      jwks: client.jwks,
      jwks_uri: client.jwksUri,
      software_id: client.softwareId,
      software_version: client.softwareVersion,
      software_statement: softwareStatement,
      sector_identifier_uri: client.sectorIdentifierUri,
      userinfo_signed_response_alg: client.userinfoSignedResponseAlg,
      initiate_login_uri: client.initiateLoginUri,
      backchannel_logout_uri: client.backchannelLogoutUri,
      default_max_age: client.defaultMaxAgeSeconds,
      default_acr_values: client.defaultAcrValues,
    }),
    application_type: client.applicationType === 'native' || client.applicationType === 'device' ? 'native' : 'web',
    grant_types: client.grantTypes,
    response_types: client.responseTypes,
    scope: client.scopes.join(' '),
    token_endpoint_auth_method: client.tokenEndpointAuthMethod,
    subject_type: client.subjectType,
    id_token_signed_response_alg: client.idTokenSignedResponseAlg,
    backchannel_logout_session_required: client.backchannelLogoutSessionRequired,
    require_auth_time: client.requireAuthTime,
    require_pushed_authorization_requests: client.requirePushedAuthorizationRequests,
    dpop_bound_access_tokens: client.dpopBoundAccessTokens,
  };
}

/** RFC 7592 §2.2: nothing is said by leaving it out. */
function withoutNothing(members: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}

function writeLocalized({ localized }: Client): Record<string, string> {
  const texts = Object.entries(localized).flatMap(([tag, members]) =>
    Object.entries(members).map(([member, text]) => [writeTagged(member, tag), text] as const),
  );
  return Object.fromEntries(texts);
}
