import type { Client } from '#lib/clients/rules';

type GrantType = Client['grantTypes'][number];

/** The grant types that this API has a word for. */
export const grantTypes = ['client_credentials', 'authorization_code', 'refresh_token'] as const satisfies GrantType[];

export const isGrantTypeHere = (grant: GrantType): boolean => grantTypes.some((known) => known === grant);

/** A client that gets codes gets refresh tokens too: every client of this API has a lifetime for them. */
export function withRefresh(grants: readonly GrantType[]): GrantType[] {
  return grants.includes('authorization_code') ? [...new Set([...grants, 'refresh_token' as const])] : [...grants];
}
