import { createHash } from 'node:crypto';
import { selectUser, selectUserByEmail } from '#db/queries/users';
import { type Context, inTransaction } from '../context.ts';
import { env } from '../env.ts';
import { RegistryError } from '../errors.ts';
import { wakeLogoutNotices } from '../logout-notices/index.ts';
import { sendMail } from '../mail/index.ts';
import { requireFromLimit, takeFromLimit } from '../rate-limits/index.ts';
import { comparableEmail, judgeEmail } from './email.ts';
import { findLink, linkIsOver, makeLink, useLink } from './email-link.ts';
import { passwordChangedMail, resetMail } from './mails.ts';
import { checkPassword } from './password.ts';
import { hashPassword } from './password-hash.ts';
import { replacePassword } from './set-password.ts';

const hour = 60 * 60;

/**
 * Somebody forgot a password. Returns what is left to do once the answer is on its way: whether the address is known
 * shows neither in the answer nor in its time. @throws invalid_metadata (not an address), rate_limited (by network)
 */
export async function requestPasswordReset(ctx: Context, rawEmail: string): Promise<() => Promise<void>> {
  const issues = judgeEmail(rawEmail);
  if (issues.length > 0) throw new RegistryError('invalid_metadata', 'Nothing was sent.', { issues });
  const email = comparableEmail(rawEmail);
  const factor = env().rateLimitFactor;
  await requireFromLimit(
    ctx.db,
    `reset:network:${ctx.network}`,
    { max: 20 * factor, windowSeconds: hour },
    'Many links were asked for from your network. Try again in an hour.',
  );
  return async () => {
    const key = `reset:${createHash('sha256').update(email).digest('base64url')}`;
    const { allowed } = await takeFromLimit(ctx.db, key, { max: 5 * factor, windowSeconds: hour });
    const user = allowed ? await selectUserByEmail(ctx.db, email) : undefined;
    if (!user || user.disabledAt) return;
    const token = await makeLink(ctx, { userId: user.id, purpose: 'reset_password', email: user.email });
    await sendMail(ctx.db, resetMail(user.email, token));
  };
}

/** The address whose password a link changes, while it can be used. */
export async function findPasswordReset(ctx: Context, token: string): Promise<{ email: string } | undefined> {
  const link = await findLink(ctx, 'reset_password', token);
  const user = link && (await selectUser(ctx.db, link.userId));
  // A link that went to an address which is not the account's any more opens nothing.
  return user && link && user.email === link.email && !user.disabledAt ? { email: user.email } : undefined;
}

/**
 * Sets a new password by a link, which is used up, ends all sessions and returns the user's id: following the link has
 * proved the address. @throws not_found (link), invalid_metadata (password; the link stays)
 */
export async function resetPassword(ctx: Context, input: { token: string; password: string }): Promise<string> {
  const link = await findLink(ctx, 'reset_password', input.token);
  const user = link && (await selectUser(ctx.db, link.userId));
  if (!user || !link || user.email !== link.email || user.disabledAt) throw linkIsOver();
  const issues = checkPassword(input.password, user);
  if (issues.length > 0) throw new RegistryError('invalid_metadata', 'The password was not changed.', { issues });
  const passwordHash = await hashPassword(input.password);
  await inTransaction(ctx, async (tx) => {
    const { userId } = await useLink(tx, 'reset_password', input.token);
    const emailVerifiedAt = user.emailVerifiedAt ?? new Date();
    await replacePassword(tx, { userId, passwordHash, action: 'user.reset_password', emailVerifiedAt });
  });
  wakeLogoutNotices();
  await sendMail(ctx.db, passwordChangedMail(user.email));
  return user.id;
}
