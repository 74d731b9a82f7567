import { createHash, randomBytes } from 'node:crypto';
import { selectInvitationByHash, selectInvitations } from '#db/queries/invitations';
import { selectUser } from '#db/queries/users';
import { powersIn, requirePerson, requireTokenScope } from '#lib/kernel/access';
import type { Role } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';

/** Returns the invitation of a link; undefined if it was used or revoked, or is older than seven days. */
export async function findInvitation(ctx: Context, linkToken: string): Promise<OfferedInvitation | undefined> {
  return selectInvitationByHash(ctx.db, { tokenHash: hashLinkToken(linkToken), now: new Date() });
}

export type Verdict = 'ready' | 'other_address' | 'unverified';

/** Whether an invitation is for the signed-in person, or what stands in the way. */
export async function judgeInvitee(ctx: Context, { email }: Pick<OfferedInvitation, 'email'>): Promise<Verdict> {
  const user = await selectUser(ctx.db, requirePerson(ctx).userId);
  if (user?.email.toLowerCase() !== email.toLowerCase()) return 'other_address';
  return user.emailVerifiedAt ? 'ready' : 'unverified';
}

export type Invitation = {
  id: string;
  organizationId: string;
  email: string;
  role: Role;
  expiresAt: Date;
  createdAt: Date;
};

/** As a list shows it. */
export type ListedInvitation = Invitation & { invitedByName: string };
/** As the page behind the link shows it. */
export type OfferedInvitation = ListedInvitation & { organizationName: string };

/** What the link carries: 256 random bits. */
export const mintLinkToken = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of it. So many random bits need no pepper, and the link outlives a change of it. */
export const hashLinkToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** The invitations of an organization that nobody accepted yet, newest first; for its owners and admins. */
export async function listInvitations(ctx: Context, organizationId: string): Promise<ListedInvitation[]> {
  requireTokenScope(ctx, 'org:admin');
  if (!powersIn(ctx, organizationId).administer)
    throw new RegistryError('forbidden', 'Only owners and admins see who is invited.');
  return selectInvitations(ctx.db, organizationId);
}
