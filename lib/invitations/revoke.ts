import { deleteInvitation } from '#db/queries/invitations';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound } from '../errors.ts';
import { lockAdministered } from '../organizations/index.ts';
import { isUuid } from '../uuid.ts';

/** Takes an invitation back: its link leads nowhere any more. For owners and admins; `not_found` for one that was accepted. */
export async function revokeInvitation(ctx: Context, organizationId: string, invitationId: string): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await lockAdministered(tx, organizationId);
    const gone = isUuid(invitationId) ? await deleteInvitation(tx.db, { organizationId, invitationId }) : undefined;
    if (!gone) throw notFound('Invitation');
    await recordAudit(tx, {
      action: 'invitation.revoke',
      organizationId,
      targetType: 'organization',
      targetId: organizationId,
      before: { invitationId, email: gone.email, role: gone.role },
    });
  });
}
