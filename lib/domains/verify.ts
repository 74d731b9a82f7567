import { deleteDomain, insertDomain, selectDomain } from '#db/queries/domains';
import { recordAudit } from '#lib/audit/index';
import type { Role } from '#lib/kernel/actor';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { lockOrganization } from '#lib/organizations/index';
import { type Domain, readDomain } from './find.ts';

/**
 * Stores that the operator has verified a domain, with all names below it, as the organization's. Does nothing if it is stored already.
 *
 * @throws not_found: the organization does not exist
 * @throws forbidden: the actor is not the operator
 * @throws invalid_metadata: it is not a domain
 * @throws conflict: it is another organization's
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
    const created = await insertDomain(tx.db, row);
    if (!created) return getVerifiedDomain(tx, organizationId, domain);
    await recordAudit(tx, {
      action: 'domain.verify',
      organizationId,
      targetType: 'domain',
      targetId: domain,
      after: { method: created.method },
    });
    return created;
  });
}

async function getVerifiedDomain(tx: Context, organizationId: string, domain: string): Promise<Domain> {
  const known = await selectDomain(tx.db, domain);
  if (known?.organizationId === organizationId) return known;
  throw new RegistryError('conflict', 'It is another organization’s domain. Remove it there first.', {
    field: 'domain',
  });
}

/** @throws forbidden: the actor is a member of the organization and not the operator */
export function requireOperatorOf({ role }: { role: Role | 'operator' }): void {
  if (role !== 'operator') throw new RegistryError('forbidden', 'Only the operator may do this.');
}

/**
 * Removes a verified domain from an organization. From the next request on, it proves nothing.
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
    const deleted = await deleteDomain(tx.db, { organizationId, domain });
    if (!deleted) throw notFound('Domain');
    await recordAudit(tx, {
      action: 'domain.remove',
      organizationId,
      targetType: 'domain',
      targetId: domain,
      before: { method: deleted.method, verifiedAt: deleted.verifiedAt.toISOString() },
    });
  });
}
