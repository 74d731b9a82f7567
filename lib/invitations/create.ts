import { isMemberAddress, replaceInvitation } from '#db/queries/invitations';
import { selectUser } from '#db/queries/users';
import { requirePerson } from '../access.ts';
import type { Role } from '../actor.ts';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { env } from '../env.ts';
import { RegistryError } from '../errors.ts';
import { sendMail } from '../mail/index.ts';
import { requireGrantable } from '../members/index.ts';
import { lockAdministered } from '../organizations/index.ts';
import { requireFromLimit } from '../rate-limits/index.ts';
import { comparableEmail, judgeEmail, normaliseEmail } from '../users/index.ts';
import type { Invitation } from './invitation.ts';
import { hashLinkToken, mintLinkToken } from './link.ts';
import { writeInvitation } from './mail.ts';

const lifetimeDays = 7;

/** `sent` is false when the mail server refused the mail: the invitation stands and can be sent again. */
export type CreatedInvitation = { invitation: Invitation; sent: boolean };

/**
 * Invites an address to an organization: a link by mail, good once and for seven days; an older link to the same address ends.
 * For owners and admins whose own address is verified; an admin cannot invite an owner.
 * Throws `forbidden`, `invalid_metadata`, `conflict` for a member, `rate_limited`.
 */
export async function createInvitation(
  ctx: Context,
  organizationId: string,
  input: { email: string; role: Role },
): Promise<CreatedInvitation> {
  const { userId } = requirePerson(ctx);
  const linkToken = mintLinkToken();
  const { invitation, organizationName } = await inTransaction(ctx, async (tx) => {
    const locked = await lockAdministered(tx, organizationId);
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
  const factor = env().rateLimitFactor;
  const message = 'Many invitations were sent. Try again in an hour.';
  await requireFromLimit(db, `invite:user:${userId}`, { max: 50 * factor, windowSeconds }, message);
  await requireFromLimit(db, `invite:address:${comparableEmail(email)}`, { max: 5 * factor, windowSeconds }, message);
}
