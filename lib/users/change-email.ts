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
 * Mails a confirmation link to the person's new address. The account changes only when the person follows the link. If the address already
 * has an account, the answer is the same and its owner gets a mail. @throws invalid_metadata; rate_limited
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

/** The new address of a link of the signed-in person; undefined if the link was used, has expired or is another person's. */
export async function findEmailChange(ctx: Context, token: string): Promise<{ email: string } | undefined> {
  const { userId } = requireSelf(ctx);
  const link = await findLink(ctx, 'change_email', token);
  return link?.userId === userId ? { email: link.email } : undefined;
}

/** Changes the address by its confirmation link and mails the old address. @throws not_found: the link is not valid; conflict: the address is taken */
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

/** Mails a link that verifies an account's address. It does not check that `email` is the address of the account `id`. */
export async function sendVerification(ctx: Context, user: { id: string; email: string }): Promise<boolean> {
  const token = await makeLink(ctx, { userId: user.id, purpose: 'verify_email', email: user.email });
  return sendMail(ctx.db, verifyMail(user.email, token));
}

/** Mails the verification link again. @throws conflict: the address is already verified; rate_limited */
export async function requestVerification(ctx: Context): Promise<void> {
  const profile = await getProfile(ctx);
  if (profile.emailVerifiedAt) throw new RegistryError('conflict', 'Your address is confirmed already.');
  await requireOwnBudget(ctx, 'verify-email', 5);
  if (!(await sendVerification(ctx, profile)))
    throw new RegistryError('conflict', 'The mail could not be sent. Try again later.');
}

/** The address that a link verifies; undefined if the link is not valid, or not for the signed-in person's current address. */
export async function findVerification(ctx: Context, token: string): Promise<{ email: string } | undefined> {
  const { userId } = requireSelf(ctx);
  const link = await findLink(ctx, 'verify_email', token);
  return link?.userId === userId && link.email === (await getProfile(ctx)).email ? { email: link.email } : undefined;
}

/**
 * Verifies the address by a link, which then no longer works. The account's own person must be signed in: the owner of an address who clicks
 * the link must not verify it for a stranger's account. @throws not_found: the link is not valid
 */
export async function verifyEmail(ctx: Context, token: string): Promise<void> {
  if (!(await findVerification(ctx, token))) throw linkExpired();
  await inTransaction(ctx, async (tx) => {
    const { userId } = await consumeLink(tx, 'verify_email', token);
    await updateUser(tx.db, userId, { emailVerifiedAt: new Date() });
    await recordAudit(tx, { action: 'user.verify_email', organizationId: null, targetType: 'user', targetId: userId });
  });
}
