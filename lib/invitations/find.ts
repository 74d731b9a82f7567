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

/** Whether the signed-in person can accept an invitation, or the reason why they cannot. */
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

/** An invitation as a list shows it. */
export type ListedInvitation = Invitation & { invitedByName: string };
/** An invitation as the page of its link shows it. */
export type OfferedInvitation = ListedInvitation & { organizationName: string };

/** The token in a link: 256 random bits. */
export const mintLinkToken = (): string => randomBytes(32).toString('base64url');

/** The hash of a link's token, as the database stores it. It has no pepper: the token is random, and the link must survive a new pepper. */
export const hashLinkToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** The open invitations of an organization, newest first. @throws forbidden: the actor is not an owner or admin */
export async function listInvitations(ctx: Context, organizationId: string): Promise<ListedInvitation[]> {
  requireTokenScope(ctx, 'org:admin');
  if (!powersIn(ctx, organizationId).administer)
    throw new RegistryError('forbidden', 'Only owners and admins see who is invited.');
  return selectInvitations(ctx.db, organizationId);
}
