import type { z } from 'zod';
import type { clientQuery } from './wire.ts';

const sorts = { '-created_at': 'created', client_name: 'name', '-last_used_at': 'lastUsed' } as const;

/** Which clients are asked for, in which order. */
export function readFilter(query: z.output<typeof clientQuery>) {
  return {
    sort: sorts[query.sort],
    limit: query.limit,
    cursor: query.cursor,
    filter: {
      applicationType: query.application_type,
      environment: query.environment,
      grantType: query.grant_type,
      status: query.status,
      verified: query.verified,
      provenance: query.provenance,
      clientType: query.client_type,
      productId: query.product_id,
      createdBy: query.created_by,
      clientIds: query.client_id?.map((id) => id.toLowerCase()),
      name: query.client_name,
      nameContains: query.client_name_contains,
    },
  };
}
