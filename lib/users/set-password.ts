import { createHash } from 'node:crypto';
import { consumeEmailLinksOf } from '#db/queries/email-links';
import { insertLogoutNotices } from '#db/queries/logout-notices';
import { endSessions } from '#db/queries/sessions';
import { selectUser, selectUserByEmail, updateUser } from '#db/queries/users';
import { type AuditAction, recordAudit } from '#lib/audit/index';
import { clearAfterCommit, endAccess } from '#lib/endings/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { wakeLogoutNotices } from '#lib/logout-notices/index';
import { sendMail } from '#lib/mail/index';
import { requireWithinLimit, takeFromLimit } from '#lib/rate-limits/index';
import { comparableEmail, judgeEmail } from './email.ts';
import { consumeLink, findLink, linkExpired, makeLink, passwordChangedMail, resetMail } from './email-link.ts';
import { judgePassword } from './password.ts';
import { hashPassword } from './password-hash.ts';
import { getProfile, requireOwnPassword, requireSelf } from './profile.ts';

/** In the caller's transaction: stores the new hash, ends all sessions except the session `except`, and uses up all reset links. */
export async function replacePassword(
  tx: Context,
  change: {
    userId: string;
    passwordHash: string;
    action: Extract<AuditAction<'user'>, `user.${string}_password`>;
    except?: string | undefined;
    emailVerifiedAt?: Date;
    /** Also revokes all tokens that apps have for the person. */
    everywhere?: boolean;
  },
): Promise<void> {
  const { userId, passwordHash, action, except, emailVerifiedAt, everywhere = false } = change;
  await updateUser(tx.db, userId, { passwordHash, ...(emailVerifiedAt && { emailVerifiedAt }) });
  await consumeEmailLinksOf(tx.db, userId, 'reset_password', new Date());
  const { sessionIds, endingIds } = await endSessions(tx.db, { userId, except });
  clearAfterCommit(tx, endingIds);
  if (everywhere && except !== undefined) await insertLogoutNotices(tx.db, [except]);
  const tokensEnded = everywhere ? await endAccess(tx, { of: 'user', id: userId, until: 'now' }) : undefined;
  await recordAudit(tx, {
    action,
    organizationId: null,
    targetType: 'user',
    targetId: userId,
    after: { endedSessions: sessionIds.length, ...(everywhere && { tokensEnded }) },
  });
}

/**
 * Changes the signed-in person's password and ends their other sessions. With `everywhere`, also revokes all tokens that apps have for the
 * person; the grants stay. @throws invalid_metadata: a password is wrong; rate_limited
 */
export async function changePassword(
  ctx: Context,
  input: { currentPassword: string; newPassword: string; everywhere?: boolean },
): Promise<void> {
  const { userId, sessionId } = requireSelf(ctx);
  const profile = await getProfile(ctx);
  const issues = judgePassword(input.newPassword, profile, 'newPassword');
  if (issues.length > 0) throw new RegistryError('invalid_metadata', 'The password was not changed.', { issues });
  await requireOwnPassword(ctx, input.currentPassword);
  const passwordHash = await hashPassword(input.newPassword);
  await inTransaction(ctx, (tx) =>
    replacePassword(tx, {
      userId,
      passwordHash,
      action: 'user.change_password',
      except: sessionId,
      everywhere: input.everywhere ?? false,
    }),
  );
  wakeLogoutNotices();
  await sendMail(ctx.db, passwordChangedMail(profile.email));
}

/** Sets a person's password from the operator's command line and ends all their sessions. @throws forbidden; not_found; invalid_metadata */
export async function setPassword(ctx: Context, input: { email: string; password: string }): Promise<void> {
  if (ctx.actor.kind !== 'command_line') throw new RegistryError('forbidden', 'Only the operator’s command line may.');
  const user = await selectUserByEmail(ctx.db, comparableEmail(input.email));
  if (!user) throw notFound('Account');
  const issues = judgePassword(input.password, user);
  if (issues.length > 0) throw new RegistryError('invalid_metadata', 'The password was not changed.', { issues });
  const passwordHash = await hashPassword(input.password);
  await inTransaction(ctx, (tx) => replacePassword(tx, { userId: user.id, passwordHash, action: 'user.set_password' }));
}

const hour = 60 * 60;

/**
 * Requests a reset link for an address. Returns a function that mails the link; call it after the answer is sent, so that neither the answer
 * nor its time shows whether the address has an account. @throws invalid_metadata: not an address; rate_limited: for the network
 */
export async function requestPasswordReset(ctx: Context, rawEmail: string): Promise<() => Promise<void>> {
  const issues = judgeEmail(rawEmail);
  if (issues.length > 0) throw new RegistryError('invalid_metadata', 'Nothing was sent.', { issues });
  const email = comparableEmail(rawEmail);
  await requireWithinLimit(
    ctx.db,
    `reset:network:${ctx.network}`,
    { max: 20, windowSeconds: hour },
    'Many links were asked for from your network. Try again in an hour.',
  );
  return async () => {
    const key = `reset:${createHash('sha256').update(email).digest('base64url')}`;
    const { allowed } = await takeFromLimit(ctx.db, key, { max: 5, windowSeconds: hour });
    const user = allowed ? await selectUserByEmail(ctx.db, email) : undefined;
    if (!user || user.disabledAt) return;
    const token = await makeLink(ctx, { userId: user.id, purpose: 'reset_password', email: user.email });
    await sendMail(ctx.db, resetMail(user.email, token));
  };
}

/** The address of the account that a reset link is for; undefined if the link is not valid. */
export async function findPasswordReset(ctx: Context, token: string): Promise<{ email: string } | undefined> {
  const link = await findLink(ctx, 'reset_password', token);
  const user = link && (await selectUser(ctx.db, link.userId));
  // A link is not valid if the account has another address now.
  return user && link && user.email === link.email && !user.disabledAt ? { email: user.email } : undefined;
}

/**
 * Sets a new password by a reset link, which then no longer works, ends all sessions and returns the user's id. It also verifies the address,
 * because the link was mailed there. @throws not_found: the link is not valid; invalid_metadata: the password (the link still works)
 */
export async function resetPassword(ctx: Context, input: { token: string; password: string }): Promise<string> {
  const link = await findLink(ctx, 'reset_password', input.token);
  const user = link && (await selectUser(ctx.db, link.userId));
  if (!user || !link || user.email !== link.email || user.disabledAt) throw linkExpired();
  const issues = judgePassword(input.password, user);
  if (issues.length > 0) throw new RegistryError('invalid_metadata', 'The password was not changed.', { issues });
  const passwordHash = await hashPassword(input.password);
  await inTransaction(ctx, async (tx) => {
    const { userId } = await consumeLink(tx, 'reset_password', input.token);
    const emailVerifiedAt = user.emailVerifiedAt ?? new Date();
    await replacePassword(tx, { userId, passwordHash, action: 'user.reset_password', emailVerifiedAt });
  });
  wakeLogoutNotices();
  await sendMail(ctx.db, passwordChangedMail(user.email));
  return user.id;
}
