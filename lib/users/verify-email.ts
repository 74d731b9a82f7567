import { updateUser } from '#db/queries/users';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { RegistryError } from '../errors.ts';
import { sendMail } from '../mail/index.ts';
import { findLink, linkIsOver, makeLink, useLink } from './email-link.ts';
import { verifyMail } from './mails.ts';
import { getProfile } from './profile.ts';
import { requireOwnBudget, requireSelf } from './self.ts';

/** Mails a link that proves an account's address; the caller knows that both belong together. */
export async function sendVerification(ctx: Context, user: { id: string; email: string }): Promise<boolean> {
  const token = await makeLink(ctx, { userId: user.id, purpose: 'verify_email', email: user.email });
  return sendMail(ctx.db, verifyMail(user.email, token));
}

/** The person asks for the link again. @throws conflict (proved already), rate_limited */
export async function requestVerification(ctx: Context): Promise<void> {
  const profile = await getProfile(ctx);
  if (profile.emailVerifiedAt) throw new RegistryError('conflict', 'Your address is confirmed already.');
  await requireOwnBudget(ctx, 'verify-email', 5);
  if (!(await sendVerification(ctx, profile)))
    throw new RegistryError('conflict', 'The mail could not be sent. Try again later.');
}

/** The address that a link proves, while it can be used by the person who asks. */
export async function findVerification(ctx: Context, token: string): Promise<{ email: string } | undefined> {
  const { userId } = requireSelf(ctx);
  const link = await findLink(ctx, 'verify_email', token);
  return link?.userId === userId && link.email === (await getProfile(ctx)).email ? { email: link.email } : undefined;
}

/**
 * Proves the address by a link, which is used up. Only the account's own person may: who makes an account with somebody
 * else's address does not get it proved by that somebody's click. @throws not_found
 */
export async function verifyEmail(ctx: Context, token: string): Promise<void> {
  if (!(await findVerification(ctx, token))) throw linkIsOver();
  await inTransaction(ctx, async (tx) => {
    const { userId } = await useLink(tx, 'verify_email', token);
    await updateUser(tx.db, userId, { emailVerifiedAt: new Date() });
    await recordAudit(tx, { action: 'user.verify_email', organizationId: null, targetType: 'user', targetId: userId });
  });
}
