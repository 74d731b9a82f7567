import type { Db } from '#db/client';
import { selectDomains, selectLongestDomain } from '#db/queries/domains';
import { powersIn, requireTokenScope } from '../access.ts';
import type { Context } from '../context.ts';
import type { Domain } from './domain.ts';
import { namesAbove } from './name.ts';

/** The domains of an organization by name; every member sees them. Throws `not_found` for a stranger. */
export async function listDomains(ctx: Context, organizationId: string): Promise<Domain[]> {
  requireTokenScope(ctx, 'org:admin', 'clients:read', 'clients:write', 'read');
  powersIn(ctx, organizationId);
  return selectDomains(ctx.db, organizationId);
}

/**
 * The domain at or above a host (in ASCII, as URLs have it) whose owner is known; the nearest, so that a part which is somebody
 * else's is not its parent's owner's. For any caller: whose it is is not told, but compared.
 */
export const findDomainOfHost = (db: Db, host: string): Promise<Domain | undefined> =>
  selectLongestDomain(db, namesAbove(host));
