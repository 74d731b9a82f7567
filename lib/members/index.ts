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

/** A person of an organization. `email` is null for a reader who does not administer it. */
export type Member = {
  userId: string;
  name: string;
  email: string | null;
  role: Role;
  since: Date;
  isDisabled: boolean;
};

/** The role of a member of the locked organization, or `not_found`. */
async function roleOfMember(ctx: Context, { organization }: LockedOrganization, userId: string): Promise<Role> {
  const member = await selectMember(ctx.db, { organizationId: organization.id, userId });
  if (!member) throw notFound('Member');
  return member.role;
}

/** Checks that the role may give and take these roles: an admin cannot change owners. @throws forbidden */
export function requireGrantable({ role }: LockedOrganization, ...given: Role[]): void {
  const grantable = grantableBy(role);
  if (given.every((one) => grantable.includes(one))) return;
  throw new RegistryError('forbidden', 'Only an owner may make someone an owner or take that role away.');
}

/** Refuses what would leave the organization without an owner who can sign in, or a personal one without its person. */
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
    const locked = await lockAdministeredOrganization(tx, organizationId);
    const before = await roleOfMember(tx, locked, userId);
    if (before === role) return;
    requireGrantable(locked, before, role);
    if (before === 'owner') await requireRemainingOwner(tx, locked, userId);
    await updateMemberRole(tx.db, { organizationId, userId }, role);
    // The open invitations of a member who may no longer invite are deleted.
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

/** The people of an organization, owners first. Every member sees names and roles; addresses are for owners and admins. */
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
 * Takes someone out of an organization: their tokens there end at once, as do the invitations they sent; the apps they made stay.
 * Throws as `changeMemberRole` does.
 */
export async function removeMember(ctx: Context, organizationId: string, userId: string): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const locked = await lockAdministeredOrganization(tx, organizationId);
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

async function takeOut(
  ctx: Context,
  locked: LockedOrganization,
  userId: string,
  action: 'member.leave' | 'member.remove',
): Promise<void> {
  const { id: organizationId, personalOf } = locked.organization;
  const role = await roleOfMember(ctx, locked, userId);
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
