import { insertDomain, selectDomain } from '#db/queries/domains';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { RegistryError } from '../errors.ts';
import { lockOrganization } from '../organizations/index.ts';
import type { Domain } from './domain.ts';
import { readDomain } from './name.ts';
import { requireOperatorOf } from './operator.ts';

/**
 * Notes on the operator's word that a domain, with every name under it, is the organization's. Does nothing to one that is already.
 * Throws `not_found`, `forbidden` for everyone but the operator, `invalid_metadata`, and `conflict` for another organization's.
 */
export async function verifyDomain(
  ctx: Context,
  { organizationId, domain: raw }: { organizationId: string; domain: string },
): Promise<Domain> {
  return inTransaction(ctx, async (tx) => {
    requireOperatorOf(await lockOrganization(tx, organizationId));
    const domain = readDomain(raw);
    const verifiedBy = tx.actor.kind === 'person' ? tx.actor.userId : null;
    const row = { domain, organizationId, method: 'operator' as const, verifiedBy, verifiedAt: new Date() };
    const made = await insertDomain(tx.db, row);
    if (!made) return getOwn(tx, organizationId, domain);
    await recordAudit(tx, {
      action: 'domain.verify',
      organizationId,
      targetType: 'domain',
      targetId: domain,
      after: { method: made.method },
    });
    return made;
  });
}

async function getOwn(tx: Context, organizationId: string, domain: string): Promise<Domain> {
  const known = await selectDomain(tx.db, domain);
  if (known?.organizationId === organizationId) return known;
  throw new RegistryError('conflict', 'It is another organization’s. Remove it there first.', { field: 'domain' });
}
