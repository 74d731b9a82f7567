import { consumeEmailLinksOf } from '#db/queries/email-links';
import { isAddressTaken, selectUserByEmail, updateUser } from '#db/queries/users';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { RegistryError } from '../errors.ts';
import { sendMail } from '../mail/index.ts';
import { comparableEmail, judgeEmail, normaliseEmail } from './email.ts';
import { findLink, linkIsOver, makeLink, useLink } from './email-link.ts';
import { addressChangedMail, changeMail, takenMail } from './mails.ts';
import { getProfile } from './profile.ts';
import { requireOwnBudget, requireOwnPassword, requireSelf } from './self.ts';

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
  if (!found) throw linkIsOver();
  const before = await inTransaction(ctx, async (tx) => {
    const { userId, email } = await useLink(tx, 'change_email', token);
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
