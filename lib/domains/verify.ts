import { deleteDomain, insertDomain, selectDomain } from '#db/queries/domains';
import { recordAudit } from '#lib/audit/index';
import type { Role } from '#lib/kernel/actor';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { lockOrganization } from '#lib/organizations/index';
import { type Domain, readDomain } from './find.ts';

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

/** Throws `forbidden` for the organization's own members. */
export function requireOperatorOf({ role }: { role: Role | 'operator' }): void {
  if (role !== 'operator') throw new RegistryError('forbidden', 'Only the operator may do this.');
}

/**
 * Removes a verified domain from an organization. From the next request on nothing counts as proved by it.
 *
 * @throws not_found: the organization does not exist or has no such domain
 * @throws forbidden: the actor is not the operator
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
