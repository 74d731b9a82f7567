import { deleteDomain } from '#db/queries/domains';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound } from '../errors.ts';
import { lockOrganization } from '../organizations/index.ts';
import { readDomain } from './name.ts';
import { requireOperatorOf } from './operator.ts';

/**
 * Takes a domain from its organization: what rests on it rests on nothing from the next request on. Throws `not_found`, also for
 * another organization's, and `forbidden` for everyone but the operator.
 */
export async function removeDomain(
  ctx: Context,
  { organizationId, domain: raw }: { organizationId: string; domain: string },
): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    requireOperatorOf(await lockOrganization(tx, organizationId));
    const domain = readDomain(raw);
    const gone = await deleteDomain(tx.db, { organizationId, domain });
    if (!gone) throw notFound('Domain');
    await recordAudit(tx, {
      action: 'domain.remove',
      organizationId,
      targetType: 'domain',
      targetId: domain,
      before: { method: gone.method, verifiedAt: gone.verifiedAt.toISOString() },
    });
  });
}
