import { deleteOrganization, hasChildren, hasClients } from '#db/queries/organizations';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { RegistryError } from '../errors.ts';
import { lockAdministered } from './lock.ts';

/**
 * Deletes an organization with its members, products, invitations and tokens; for its owners. `conflict` for a personal one,
 * and while it has apps or organizations below it.
 */
export async function removeOrganization(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const { organization, role } = await lockAdministered(tx, id);
    if (role === 'admin') throw new RegistryError('forbidden', 'Only an owner may delete the organization.');
    if (organization.personalOf)
      throw new RegistryError('conflict', 'A personal organization stays as long as its account.');
    if (await hasClients(tx.db, organization.id))
      throw new RegistryError('conflict', 'The organization still has apps. Delete them first.');
    if (await hasChildren(tx.db, organization.id))
      throw new RegistryError('conflict', 'Other organizations lie below this one. Delete them first.');
    await deleteOrganization(tx.db, organization.id);
    await recordAudit(tx, {
      action: 'organization.delete',
      organizationId: organization.id,
      targetType: 'organization',
      targetId: organization.id,
      before: { name: organization.name, parentId: organization.parentId },
    });
  });
}
