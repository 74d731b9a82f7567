import { deleteInvitation, isMemberAddress, replaceInvitation } from '#db/queries/invitations';
import { selectUser } from '#db/queries/users';
import { recordAudit } from '#lib/audit/index';
import { requirePerson } from '#lib/kernel/access';
import type { Role } from '#lib/kernel/actor';
import { type Context, inTransaction } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { isUuid } from '#lib/kernel/values';
import { type Mail, sendMail } from '#lib/mail/index';
import { requireGrantable } from '#lib/members/index';
import { roleTexts } from '#lib/members/rules';
import { lockAdministeredOrganization } from '#lib/organizations/index';
import { requireWithinLimit } from '#lib/rate-limits/index';
import { comparableEmail, judgeEmail, normaliseEmail } from '#lib/users/index';
import { hashLinkToken, type Invitation, mintLinkToken, type OfferedInvitation } from './find.ts';

const lifetimeDays = 7;

/** `sent` is false if the mail server refused the mail. The invitation is valid anyway; inviting the address again sends a new link. */
export type CreatedInvitation = { invitation: Invitation; sent: boolean };

/**
 * Invites an address to an organization and mails a link that works once, for seven days. It replaces an earlier invitation of the address.
 *
 * @throws forbidden: the actor is not an owner or admin, their address is not verified, or an admin invites an owner
 * @throws invalid_metadata: not an address; conflict: the person is a member already; rate_limited
 */
export async function createInvitation(
  ctx: Context,
  organizationId: string,
  input: { email: string; role: Role },
): Promise<CreatedInvitation> {
  const { userId } = requirePerson(ctx);
  const linkToken = mintLinkToken();
  const { invitation, organizationName } = await inTransaction(ctx, async (tx) => {
    const locked = await lockAdministeredOrganization(tx, organizationId);
    requireGrantable(locked, input.role);
    const email = await checkedAddress(tx, organizationId, input.email);
    await takeFromBudget(tx, userId, email);
    const made = await replaceInvitation(tx.db, {
      organizationId,
      email,
      role: input.role,
      tokenHash: hashLinkToken(linkToken),
      invitedBy: userId,
      expiresAt: new Date(Date.now() + lifetimeDays * 86_400_000),
    });
    await recordAudit(tx, {
      action: 'invitation.create',
      organizationId,
      targetType: 'organization',
      targetId: organizationId,
      after: { invitationId: made.id, email, role: input.role },
    });
    return { invitation: made, organizationName: locked.organization.name };
  });
  const inviter = await selectUser(ctx.db, userId);
  const offered = { ...invitation, organizationName, invitedByName: inviter?.name ?? '' };
  return { invitation, sent: await sendMail(ctx.db, writeInvitation(offered, linkToken)) };
}

async function checkedAddress(ctx: Context, organizationId: string, raw: string): Promise<string> {
  if (!requirePerson(ctx).emailVerified)
    throw new RegistryError('forbidden', 'Verify your own e-mail address before you invite someone.');
  const issues = judgeEmail(raw);
  if (issues[0]) throw new RegistryError('invalid_metadata', issues[0].message, { issues });
  const email = normaliseEmail(raw);
  if (await isMemberAddress(ctx.db, { organizationId, email }))
    throw new RegistryError('conflict', 'This person is a member already.', { field: 'email' });
  return email;
}

async function takeFromBudget({ db }: Context, userId: string, email: string): Promise<void> {
  const windowSeconds = 3600;
  const message = 'Many invitations were sent. Try again in an hour.';
  await requireWithinLimit(db, `invite:user:${userId}`, { max: 50, windowSeconds }, message);
  await requireWithinLimit(db, `invite:address:${comparableEmail(email)}`, { max: 5, windowSeconds }, message);
}

/** The mail with the link. */
function writeInvitation(invitation: OfferedInvitation, linkToken: string): Mail {
  const { title, description } = roleTexts[invitation.role];
  return {
    to: invitation.email,
    subject: `Join ${invitation.organizationName}`,
    text: [
      `${invitation.invitedByName} invites you to join “${invitation.organizationName}” on Clientele as ${title}: ${description}`,
      `To accept, open this link and sign in with this address. It works once, until ${invitation.expiresAt.toUTCString()}.`,
      `${env().appUrl}/invitations?token=${linkToken}`,
      'If you do not know what this is about, do nothing.',
    ].join('\n\n'),
  };
}

/** Revokes an invitation: its link no longer works. @throws forbidden: the actor is not an owner or admin; not_found: also if it was accepted */
export async function revokeInvitation(ctx: Context, organizationId: string, invitationId: string): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await lockAdministeredOrganization(tx, organizationId);
    const deleted = isUuid(invitationId) ? await deleteInvitation(tx.db, { organizationId, invitationId }) : undefined;
    if (!deleted) throw notFound('Invitation');
    await recordAudit(tx, {
      action: 'invitation.revoke',
      organizationId,
      targetType: 'organization',
      targetId: organizationId,
      before: { invitationId, email: deleted.email, role: deleted.role },
    });
  });
}
