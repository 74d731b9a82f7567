import { deleteInvitationsBy } from '#db/queries/invitations';
import { deleteMember } from '#db/queries/members';
import { revokeTokensOfMember } from '#db/queries/tokens';
import { requirePerson } from '../access.ts';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { RegistryError } from '../errors.ts';
import { type Locked, lockAdministered, lockOrganization } from '../organizations/index.ts';
import { requireGrantable, requireOwnerLeft, roleOfMember } from './guard.ts';

/**
 * Takes someone out of an organization: their tokens there end at once, as do the invitations they sent; the apps they made stay.
 * Throws as `changeMemberRole` does.
 */
export async function removeMember(ctx: Context, organizationId: string, userId: string): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const locked = await lockAdministered(tx, organizationId);
    requireGrantable(locked, await roleOfMember(tx, locked, userId));
    await takeOut(tx, locked, userId, 'member.remove');
  });
}

/** The actor leaves an organization, in a session of their own. Throws `conflict` for the last owner and for a personal organization. */
export async function leaveOrganization(ctx: Context, organizationId: string): Promise<void> {
  const { userId, token } = requirePerson(ctx);
  if (token) throw new RegistryError('forbidden', 'A token cannot leave for its person: sign in for that.');
  return inTransaction(ctx, async (tx) => {
    const locked = await lockOrganization(tx, organizationId);
    await takeOut(tx, locked, userId, 'member.leave');
  });
}

async function takeOut(ctx: Context, locked: Locked, userId: string, action: string): Promise<void> {
  const { id: organizationId, personalOf } = locked.organization;
  const role = await roleOfMember(ctx, locked, userId);
  if (role === 'owner' || personalOf === userId) await requireOwnerLeft(ctx, locked, userId);
  const tokens = await revokeTokensOfMember(ctx.db, { organizationId, userId, now: new Date() });
  const invitations = await deleteInvitationsBy(ctx.db, { organizationId, userId });
  await deleteMember(ctx.db, { organizationId, userId });
  await recordAudit(ctx, {
    action,
    organizationId,
    targetType: 'organization',
    targetId: organizationId,
    before: { userId, role },
    after: { tokensRevoked: tokens.length, invitationsRevoked: invitations.length },
  });
}
