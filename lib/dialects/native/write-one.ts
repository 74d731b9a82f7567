import type { z } from 'zod';
import type { Client, ClientMetadata, LocalizedTexts } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { standingOf } from '#lib/public-info/rules';
import { pointerOf, wirePath } from './fields.ts';
import { writeMoment, writeMomentOrNull } from './values.ts';
import type { clientWire, listedClientWire } from './wire.ts';

type Wire = z.input<typeof clientWire>;
type Listed = z.input<typeof listedClientWire>;

/** A client as its own people see it, with the rule book's findings on it. `appUrl` is where its logo is shown. */
export function writeOne(client: Client, { appUrl, warnings }: { appUrl: string; warnings: readonly Issue[] }): Wire {
  return { ...writeListed(client, appUrl), warnings: warnings.map(writeWarning) };
}

function writeWarning({ field, rule, message }: Issue): Wire['warnings'][number] {
  const path = wirePath(field, 'client').split('.');
  return { field: path[0] ?? '', pointer: pointerOf(path), rule, message };
}

/** The same in a list. */
export function writeListed(client: Client, appUrl: string): Listed {
  return {
    client_id: client.clientId,
    ...writeSettings(client),
    environment: client.environment,
    number: client.number,
    organization_id: client.organizationId,
    product_id: client.productId,
    provenance: client.provenance,
    status: client.status,
    review_state: client.reviewState,
    verified: client.verified,
    standing: standingOf(client),
    logo_url: writeLogo(client, appUrl),
    metadata_url: client.metadataUrl,
    version: client.version,
    created_by: client.createdBy,
    updated_by: client.updatedBy,
    created_at: writeMoment(client.createdAt),
    updated_at: writeMoment(client.updatedAt),
    last_used_at: writeMomentOrNull(client.lastUsedAt),
  };
}

/** What its developer decided, in the names of this API. */
export function writeSettings(client: ClientMetadata) {
  return {
    client_name: client.name,
    description: client.description,
    application_type: client.applicationType,
    token_endpoint_auth_method: client.tokenEndpointAuthMethod,
    secret_optional: client.secretOptional,
    require_pkce: client.requirePkce,
    grant_types: client.grantTypes,
    response_types: client.responseTypes as Wire['response_types'],
    scope: client.scopes.join(' '),
    optional_scopes: client.optionalScopes,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    allowed_origins: client.allowedOrigins,
    client_uri: client.clientUri,
    logo_uri: client.logoUri,
    tos_uri: client.tosUri,
    policy_uri: client.policyUri,
    contacts: client.contacts,
    localized: writeLocalized(client.localized),
    access_token_lifetime_seconds: client.accessTokenLifetimeSeconds,
    refresh_token_lifetime_seconds: client.refreshTokenLifetimeSeconds,
    open_to_other_organizations: client.openToOtherOrganizations,
    jwks: client.jwks,
    jwks_uri: client.jwksUri,
    software_id: client.softwareId,
    software_version: client.softwareVersion,
    subject_type: client.subjectType,
    sector_identifier_uri: client.sectorIdentifierUri,
    id_token_signed_response_alg: client.idTokenSignedResponseAlg as Wire['id_token_signed_response_alg'],
    userinfo_signed_response_alg: client.userinfoSignedResponseAlg as Wire['userinfo_signed_response_alg'],
    initiate_login_uri: client.initiateLoginUri,
    backchannel_logout_uri: client.backchannelLogoutUri,
    backchannel_logout_session_required: client.backchannelLogoutSessionRequired,
    default_max_age: client.defaultMaxAgeSeconds,
    require_auth_time: client.requireAuthTime,
    default_acr_values: client.defaultAcrValues,
    require_pushed_authorization_requests: client.requirePushedAuthorizationRequests,
    dpop_bound_access_tokens: client.dpopBoundAccessTokens,
  };
}

export function writeLocalized(localized: Record<string, LocalizedTexts>) {
  return Object.fromEntries(Object.entries(localized).map(([tag, texts]) => [tag, writeTexts(texts)]));
}

function writeTexts({ name, clientUri, logoUri, tosUri, policyUri }: LocalizedTexts) {
  return {
    ...(name !== undefined && { client_name: name }),
    ...(clientUri !== undefined && { client_uri: clientUri }),
    ...(logoUri !== undefined && { logo_uri: logoUri }),
    ...(tosUri !== undefined && { tos_uri: tosUri }),
    ...(policyUri !== undefined && { policy_uri: policyUri }),
  };
}

export function writeLogo({ logoHash }: { logoHash: string | null }, appUrl: string): string | null {
  return logoHash === null ? null : `${appUrl}/logos/${logoHash}.png`;
}

/**
 * The version, and what moves without one: the last use, a logo that was fetched. If-Match looks at the version only, so `"3"` is a
 * condition too.
 */
export function writeEtag(client: Pick<Client, 'version' | 'lastUsedAt' | 'logoHash' | 'logoFetchedFrom'>): string {
  const { version, lastUsedAt, logoHash, logoFetchedFrom } = client;
  const used = lastUsedAt ? `.${lastUsedAt.getTime().toString(36)}` : '';
  const fetched = logoFetchedFrom !== null && logoHash !== null ? `.${logoHash.slice(0, 12)}` : '';
  return `"${version}${used}${fetched}"`;
}
