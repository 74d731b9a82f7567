import type { Client } from '#lib/clients/rules';
import type { OwnGrant } from '#lib/grants/index';
import type { PublicClient } from '#lib/public-info/index';
import type { Scope } from '#lib/scopes/index';
import { grantTypes } from './wire.ts';

export type GrantTypeHere = (typeof grantTypes)[number];

export const isGrantTypeHere = (grant: string): grant is GrantTypeHere => grantTypes.some((known) => known === grant);

/** Writes a client for its own organization; only `writeNew` writes `client_secret`. */
export function writeOne(client: Client) {
  return {
    record_type: 'oauth_client' as const,
    client_id: client.clientId,
    name: client.name,
    org_id: client.organizationId,
    user_id: client.createdBy ?? '',
    client_type: client.tokenEndpointAuthMethod === 'none' ? ('public' as const) : ('confidential' as const),
    require_pkce: client.requirePkce,
    created_at: client.createdAt.toISOString(),
    updated_at: client.updatedAt.toISOString(),
    allowed_scopes: client.scopes,
    allowed_grant_types: client.grantTypes.filter(isGrantTypeHere),
    redirect_uris: client.redirectUris,
    logo_uri: client.logoUri,
    tos_uri: client.tosUri,
    policy_uri: client.policyUri,
    client_secret: null,
  };
}

/** Writes the response to a creation: the client with its secret, null for a public client. */
export function writeNew(client: Client, secret: string | undefined) {
  return { data: { ...writeOne(client), client_secret: secret ?? null } };
}

/** Writes a grant of the token's person. */
export const writeGrant = ({ id, clientId, scopes, createdAt, lastUsedAt }: OwnGrant) => ({
  id,
  record_type: 'oauth_grant' as const,
  client_id: clientId,
  scopes,
  created_at: createdAt.toISOString(),
  last_used_at: lastUsedAt?.toISOString() ?? null,
});

type Page = { number: number; size: number; total: number };

/** Writes a page. `total_pages` is always present, because programs use it to stop. */
export const writeList = (items: readonly Client[], page: Page) => ({ data: items.map(writeOne), meta: metaOf(page) });

export const writeGrants = (items: readonly OwnGrant[], page: Page) => ({
  data: items.map(writeGrant),
  meta: metaOf(page),
});

const metaOf = ({ number, size, total }: Page) => ({
  page_number: number,
  page_size: size,
  total_results: total,
  total_pages: Math.ceil(total / size),
});

type Consent = { client: PublicClient; redirectUri: string; scopes: readonly Scope[] };

/** Writes a pending consent request: the public information about the client, the redirect URI and the requested scopes. */
export function writeConsent({ client, redirectUri, scopes }: Consent, appUrl: string) {
  return {
    client_id: client.clientId,
    name: client.name,
    logo_uri: client.logoHash === null ? null : `${appUrl}/logos/${client.logoHash}.png`,
    tos_uri: client.tosUri,
    policy_uri: client.policyUri,
    redirect_uri: redirectUri,
    verified: client.verified,
    requested_scopes: scopes.map(writeScope),
  };
}

const writeScope = ({ name, texts }: Scope) => ({
  id: name,
  name: texts.en?.title ?? name,
  description: texts.en?.description ?? '',
});

const members = ['active', 'client_id', 'exp', 'iat', 'iss', 'scope', 'aud'];

/** Writes an introspection response for a caller that is not a client; only `active: false` if the token is not active. */
export function writeIntrospection(token: object | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(token ?? { active: false }).filter(([name]) => members.includes(name)));
}
