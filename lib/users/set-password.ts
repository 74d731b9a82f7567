import { consumeEmailLinksOf } from '#db/queries/email-links';
import { insertLogoutNotices } from '#db/queries/logout-notices';
import { endSessions } from '#db/queries/sessions';
import { selectUserByEmail, updateUser } from '#db/queries/users';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { clearLater, endAccess } from '../endings/index.ts';
import { notFound, RegistryError } from '../errors.ts';
import { wakeLogoutNotices } from '../logout-notices/index.ts';
import { sendMail } from '../mail/index.ts';
import { comparableEmail } from './email.ts';
import { passwordChangedMail } from './mails.ts';
import { checkPassword } from './password.ts';
import { hashPassword } from './password-hash.ts';
import { getProfile } from './profile.ts';
import { requireOwnPassword, requireSelf } from './self.ts';

/** In the caller's transaction: the new hash, and the end of every session but `except` and of every open reset link. */
export async function replacePassword(
  tx: Context,
  change: {
    userId: string;
    passwordHash: string;
    action: string;
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
  clearLater(tx, endingIds);
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
  const issues = checkPassword(input.newPassword, profile, 'newPassword');
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
  const issues = checkPassword(input.password, user);
  if (issues.length > 0) throw new RegistryError('invalid_metadata', 'The password was not changed.', { issues });
  const passwordHash = await hashPassword(input.password);
  await inTransaction(ctx, (tx) => replacePassword(tx, { userId: user.id, passwordHash, action: 'user.set_password' }));
}
