import { deleteInvitationsBy } from '#db/queries/invitations';
import { countOtherOwners, deleteMember, selectMember, selectMembers, updateMemberRole } from '#db/queries/members';
import { revokeTokensOfMember } from '#db/queries/tokens';
import { recordAudit } from '#lib/audit/index';
import { powersIn, requirePerson, requireTokenScope } from '#lib/kernel/access';
import type { Role } from '#lib/kernel/actor';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { type LockedOrganization, lockAdministeredOrganization, lockOrganization } from '#lib/organizations/index';
import { grantableBy } from './rules.ts';

/** A member of an organization. `email` is null if the actor does not administer the organization. */
export type Member = {
  userId: string;
  name: string;
  email: string | null;
  role: Role;
  since: Date;
  isDisabled: boolean;
};

/** Gets the role of a member of the locked organization. @throws not_found: the person is not a member */
async function getMemberRole(ctx: Context, { organization }: LockedOrganization, userId: string): Promise<Role> {
  const member = await selectMember(ctx.db, { organizationId: organization.id, userId });
  if (!member) throw notFound('Member');
  return member.role;
}

/** Checks that the actor may give and take these roles. @throws forbidden: for example, an admin gives or takes the owner's role */
export function requireGrantable({ role }: LockedOrganization, ...given: Role[]): void {
  const grantable = grantableBy(role);
  if (given.every((one) => grantable.includes(one))) return;
  throw new RegistryError('forbidden', 'Only an owner may make someone an owner or take that role away.');
}

/** @throws conflict: without this owner, no other owner could sign in; or the organization is this person's personal one */
async function requireRemainingOwner(
  ctx: Context,
  { organization }: LockedOrganization,
  userId: string,
): Promise<void> {
  if (organization.personalOf === userId)
    throw new RegistryError('conflict', 'A personal organization belongs to its person for good.');
  if ((await countOtherOwners(ctx.db, { organizationId: organization.id, userId })) > 0) return;
  throw new RegistryError(
    'conflict',
    'The last owner can neither leave nor be demoted. Make someone else an owner first.',
  );
}

/**
 * Changes a member's role. It applies from the next request of their sessions and tokens.
 *
 * @throws forbidden: the actor is not an owner or admin, or an admin gives or takes the owner's role
 * @throws conflict: the person is the last owner
 * @throws not_found: the organization or the member does not exist
 */
export async function changeMemberRole(
  ctx: Context,
  organizationId: string,
  userId: string,
  role: Role,
): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const locked = await lockAdministeredOrganization(tx, organizationId);
    const before = await getMemberRole(tx, locked, userId);
    if (before === role) return;
    requireGrantable(locked, before, role);
    if (before === 'owner') await requireRemainingOwner(tx, locked, userId);
    await updateMemberRole(tx.db, { organizationId, userId }, role);
    // The open invitations of a member who may no longer invite are deleted.
    const mayInvite = grantableBy(role).length > 0;
    const revoked = mayInvite ? [] : await deleteInvitationsBy(tx.db, { organizationId, userId });
    await recordAudit(tx, {
      action: 'member.change_role',
      organizationId,
      targetType: 'organization',
      targetId: organizationId,
      before: { userId, role: before },
      after: { userId, role, ...(revoked.length > 0 && { invitationsRevoked: revoked.length }) },
    });
  });
}

/** The members of an organization, owners first. Every member sees names and roles; only owners and admins see addresses. */
export async function listMembers(ctx: Context, organizationId: string): Promise<Member[]> {
  requireTokenScope(ctx, 'org:admin', 'clients:read', 'clients:write', 'read');
  const { administer } = powersIn(ctx, organizationId);
  const rows = await selectMembers(ctx.db, organizationId);
  return rows.map(({ disabledAt, email, ...row }) => ({
    ...row,
    email: administer ? email : null,
    isDisabled: disabledAt !== null,
  }));
}

/**
 * Removes a member from an organization. Their tokens of the organization and their open invitations are revoked; the apps that they created
 * stay. @throws as `changeMemberRole`
 */
export async function removeMember(ctx: Context, organizationId: string, userId: string): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const locked = await lockAdministeredOrganization(tx, organizationId);
    requireGrantable(locked, await getMemberRole(tx, locked, userId));
    await removeLocked(tx, locked, userId, 'member.remove');
  });
}

/** Removes the signed-in person from an organization. @throws forbidden: the actor uses a token; conflict: the last owner, or a personal organization */
export async function leaveOrganization(ctx: Context, organizationId: string): Promise<void> {
  const { userId, token } = requirePerson(ctx);
  if (token) throw new RegistryError('forbidden', 'A token cannot leave for its person: sign in for that.');
  return inTransaction(ctx, async (tx) => {
    const locked = await lockOrganization(tx, organizationId);
    await removeLocked(tx, locked, userId, 'member.leave');
  });
}

async function removeLocked(
  ctx: Context,
  locked: LockedOrganization,
  userId: string,
  action: 'member.leave' | 'member.remove',
): Promise<void> {
  const { id: organizationId, personalOf } = locked.organization;
  const role = await getMemberRole(ctx, locked, userId);
  if (role === 'owner' || personalOf === userId) await requireRemainingOwner(ctx, locked, userId);
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
