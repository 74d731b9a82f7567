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

/** In the caller's transaction: the new hash, and the end of every session but `except` and of every open reset link. */
export async function replacePassword(
  tx: Context,
  change: {
    userId: string;
    passwordHash: string;
    action: Extract<AuditAction<'user'>, `user.${string}_password`>;
    except?: string | undefined;
    emailVerifiedAt?: Date;
    /** Also ends every token that apps were given for the person. */
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
 * The person chooses another password; their other sessions end, and with `everywhere` every token of every app (what they allowed
 * stays allowed). @throws invalid_metadata, rate_limited
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

/** The operator's command line gives a person a new password; all their sessions end. @throws not_found, invalid_metadata */
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
 * Somebody forgot a password. Returns what is left to do once the answer is on its way: whether the address is known
 * shows neither in the answer nor in its time. @throws invalid_metadata (not an address), rate_limited (by network)
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
