import type { Client } from '#lib/clients/rules';
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
