import { selectInvitationByHash } from '#db/queries/invitations';
import { selectUser } from '#db/queries/users';
import { requirePerson } from '../access.ts';
import type { Context } from '../context.ts';
import type { OfferedInvitation } from './invitation.ts';
import { hashLinkToken } from './link.ts';

/** What a link offers to whoever holds it; undefined when it was used, taken back, or its seven days are over. */
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
