import { deleteInvitationsBy } from '#db/queries/invitations';
import { updateMemberRole } from '#db/queries/members';
import type { Role } from '../actor.ts';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { lockAdministered } from '../organizations/index.ts';
import { requireGrantable, requireOwnerLeft, roleOfMember } from './guard.ts';
import { grantableBy } from './rules.ts';

/**
 * Gives a member another role, which acts on the next request of their sessions and tokens. Throws `forbidden` below admin
 * and for an admin who would make or unmake an owner, `conflict` for the last owner, `not_found`.
 */
export async function changeMemberRole(
  ctx: Context,
  organizationId: string,
  userId: string,
  role: Role,
): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const locked = await lockAdministered(tx, organizationId);
    const before = await roleOfMember(tx, locked, userId);
    if (before === role) return;
    requireGrantable(locked, before, role);
    if (before === 'owner') await requireOwnerLeft(tx, locked, userId);
    await updateMemberRole(tx.db, { organizationId, userId }, role);
    // Whoever may not invite any more does not leave a door behind either.
    const mayInvite = grantableBy(role).length > 0;
    const taken = mayInvite ? [] : await deleteInvitationsBy(tx.db, { organizationId, userId });
    await recordAudit(tx, {
      action: 'member.change_role',
      organizationId,
      targetType: 'organization',
      targetId: organizationId,
      before: { userId, role: before },
      after: { userId, role, ...(taken.length > 0 && { invitationsRevoked: taken.length }) },
    });
  });
}
