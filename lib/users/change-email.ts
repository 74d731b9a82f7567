import { consumeEmailLinksOf } from '#db/queries/email-links';
import { isAddressTaken, selectUserByEmail, updateUser } from '#db/queries/users';
import { recordAudit } from '#lib/audit/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';
import { sendMail } from '#lib/mail/index';
import { comparableEmail, judgeEmail, normaliseEmail } from './email.ts';
import {
  addressChangedMail,
  changeMail,
  consumeLink,
  findLink,
  linkExpired,
  makeLink,
  takenMail,
  verifyMail,
} from './email-link.ts';
import { getProfile, requireOwnBudget, requireOwnPassword, requireSelf } from './profile.ts';

/**
 * The person wants another address: a link goes there, and nothing changes until it is followed. An address that has an
 * account is answered the same, and its owner is told. @throws invalid_metadata, rate_limited
 */
export async function requestEmailChange(
  ctx: Context,
  input: { email: string; currentPassword: string },
): Promise<void> {
  const { userId } = requireSelf(ctx);
  const issues = judgeEmail(input.email);
  if (issues.length > 0) throw new RegistryError('invalid_metadata', 'Nothing was changed.', { issues });
  const email = normaliseEmail(input.email);
  if (email === (await getProfile(ctx)).email)
    throw new RegistryError('invalid_metadata', 'That is your address already.', { field: 'email' });
  await requireOwnPassword(ctx, input.currentPassword);
  await requireOwnBudget(ctx, 'change-email', 5);
  const owner = await selectUserByEmail(ctx.db, comparableEmail(email));
  if (owner && owner.id !== userId) {
    await sendMail(ctx.db, takenMail(owner.email));
    return;
  }
  const token = await makeLink(ctx, { userId, purpose: 'change_email', email });
  await sendMail(ctx.db, changeMail(email, token));
}

/** The address that a link gives the person who asks, while it can be used. */
export async function findEmailChange(ctx: Context, token: string): Promise<{ email: string } | undefined> {
  const { userId } = requireSelf(ctx);
  const link = await findLink(ctx, 'change_email', token);
  return link?.userId === userId ? { email: link.email } : undefined;
}

/** Takes the new address, which following the link has proved, and tells the old one. @throws not_found, conflict */
export async function confirmEmailChange(ctx: Context, token: string): Promise<void> {
  const found = await findEmailChange(ctx, token);
  if (!found) throw linkExpired();
  const before = await inTransaction(ctx, async (tx) => {
    const { userId, email } = await consumeLink(tx, 'change_email', token);
    const old = await getProfile(tx);
    const owner = await selectUserByEmail(tx.db, comparableEmail(email));
    if (owner && owner.id !== userId) throw addressTaken();
    await updateUser(tx.db, userId, { email, emailVerifiedAt: new Date() });
    for (const purpose of ['reset_password', 'verify_email', 'change_email'] as const)
      await consumeEmailLinksOf(tx.db, userId, purpose, new Date());
    await recordAudit(tx, {
      action: 'user.change_email',
      organizationId: null,
      targetType: 'user',
      targetId: userId,
      before: { email: old.email },
      after: { email },
    });
    return old.email;
  }).catch((error: unknown) => {
    throw isAddressTaken(error) ? addressTaken() : error;
  });
  await sendMail(ctx.db, addressChangedMail(before));
}

const addressTaken = () => new RegistryError('conflict', 'This address has got an account in the meantime.');

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
  if (!(await findVerification(ctx, token))) throw linkExpired();
  await inTransaction(ctx, async (tx) => {
    const { userId } = await consumeLink(tx, 'verify_email', token);
    await updateUser(tx.db, userId, { emailVerifiedAt: new Date() });
    await recordAudit(tx, { action: 'user.verify_email', organizationId: null, targetType: 'user', targetId: userId });
  });
}
