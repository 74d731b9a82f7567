import { getOrganization } from '../../organizations/index.ts';
import type { Caller } from './caller.ts';

/** The number by which this API knows the caller's organization. */
export async function tenantOf({ ctx, organizationId }: Caller): Promise<number> {
  return (await getOrganization(ctx, organizationId)).number;
}
