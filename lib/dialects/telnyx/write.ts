import type { Client } from '#lib/clients/rules';
import type { OwnGrant } from '#lib/grants/index';
import type { PublicClient } from '#lib/public-info/index';
import type { Scope } from '#lib/scopes/index';
import { grantTypes } from './wire.ts';

export type GrantTypeHere = (typeof grantTypes)[number];

export const isGrantTypeHere = (grant: string): grant is GrantTypeHere => grantTypes.some((known) => known === grant);

/** A client as its organization sees it; `client_secret` is told by `writeNew` alone. */
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

/** The answer to a creation: the client with its secret, null for a public one. */
export function writeNew(client: Client, secret: string | undefined) {
  return { data: { ...writeOne(client), client_secret: secret ?? null } };
}

/** What the person behind the token allowed a client. */
export const writeGrant = ({ id, clientId, scopes, createdAt, lastUsedAt }: OwnGrant) => ({
  id,
  record_type: 'oauth_grant' as const,
  client_id: clientId,
  scopes,
  created_at: createdAt.toISOString(),
  last_used_at: lastUsedAt?.toISOString() ?? null,
});

type Page = { number: number; size: number; total: number };

/** A page. `total_pages` is always there: programs stop by it. */
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

/** Who asks a person for what; of the client what anyone may know, and where this request leads. */
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

/** What this API tells of a token, to a caller that is no client; `active: false` and nothing else where there is nothing to tell. */
export function writeIntrospection(told: object | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(told ?? { active: false }).filter(([name]) => members.includes(name)));
}
