import { updateOrganizationName } from '#db/queries/organizations';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { lockAdministered } from './lock.ts';
import { organizationName } from './name.ts';
import type { Organization } from './organization.ts';

/** Gives an organization another name; for its owners and admins. */
export async function renameOrganization(ctx: Context, id: string, rawName: string): Promise<Organization> {
  return inTransaction(ctx, async (tx) => {
    const { organization } = await lockAdministered(tx, id);
    const name = organization.name === rawName ? rawName : organizationName(ctx, rawName);
    if (organization.name === name) return organization;
    await updateOrganizationName(tx.db, organization.id, name);
    await recordAudit(tx, {
      action: 'organization.update',
      organizationId: organization.id,
      targetType: 'organization',
      targetId: organization.id,
      before: { name: organization.name },
      after: { name },
    });
    return { ...organization, name };
  });
}
