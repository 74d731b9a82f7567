import { insertIdentity, selectIdentity } from '#db/queries/identities';
import { selectUserByEmail } from '#db/queries/users';
import { recordAudit } from '#lib/audit/index';
import { judgeName } from '#lib/clients/rules';
import { type Context, inTransaction } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { RegistryError } from '#lib/kernel/errors';
import { type Browser, checkCredentials, startSession } from '#lib/sessions/index';
import { comparableEmail, createUser, judgeEmail, requireSignUp, sendVerification } from '#lib/users/index';

/** A person as an upstream provider identifies them. */
export type Identity = {
  provider: string;
  subject: string;
  email: string | undefined;
  emailVerified: boolean;
  name: string | undefined;
};

/** Links an identity to an account, in the caller's transaction. @throws conflict: the account has another identity of this provider */
export async function linkIdentity(
  tx: Context,
  userId: string,
  { provider, subject }: Pick<Identity, 'provider' | 'subject'>,
): Promise<void> {
  if (!(await insertIdentity(tx.db, { provider, subject, userId })))
    throw new RegistryError('conflict', 'This account already has another sign-in of that kind.');
  await recordAudit(tx, {
    action: 'user.join_identity',
    organizationId: null,
    targetType: 'user',
    targetId: userId,
    after: { provider },
  });
}

/** The address and the name for a new account. A name that breaks a rule is omitted. @throws invalid_metadata: no valid address */
function accountDataOf(identity: Identity) {
  const { email, name } = identity;
  if (email === undefined || judgeEmail(email).length > 0)
    throw new RegistryError('invalid_metadata', 'The other service did not send a usable e-mail address.');
  return { email, name: name && judgeName(name).length === 0 ? name : undefined };
}

/**
 * Signs in a person from an upstream provider. A known identity gets a session. An unknown identity gets a new account and a session. If its
 * verified address already has an account, the result is `password`: the person must enter that account's password, because a provider's word
 * on an address must not open an account.
 *
 * @throws forbidden: the account is disabled, or sign-up is closed
 * @throws conflict: the address has an account, and the provider has not verified it
 * @throws invalid_metadata: the provider sent no valid address; rate_limited
 */
export async function resolveIdentity(
  ctx: Context,
  identity: Identity,
  browser: Browser,
): Promise<{ sessionId: string } | 'password'> {
  const known = await selectIdentity(ctx.db, identity);
  if (known?.disabledAt) throw new RegistryError('forbidden', 'This account is disabled.');
  if (known) return { sessionId: await startSession(ctx, known.userId, browser) };
  const { email, name } = accountDataOf(identity);
  if (await selectUserByEmail(ctx.db, comparableEmail(email))) {
    if (identity.emailVerified) return 'password';
    throw new RegistryError('conflict', 'The address has an account here, and the other service has not verified it.');
  }
  await requireSignUp(ctx);
  const user = await inTransaction(ctx, async (tx) => {
    const made = await createUser(tx, { email, name, emailVerified: identity.emailVerified });
    await linkIdentity(tx, made.id, identity);
    return made;
  });
  if (!identity.emailVerified) await sendVerification(ctx, user);
  return { sessionId: await startSession(ctx, user.id, browser) };
}

/**
 * Links an identity to the account of its verified address, after a check of the account's password. Returns the id of a new session.
 * @throws unauthenticated: the password is wrong; rate_limited; conflict: the account has another identity of this provider
 */
export async function linkWithPassword(
  ctx: Context,
  identity: Identity,
  input: { password: string } & Browser,
): Promise<string> {
  if (!identity.emailVerified || !identity.email)
    throw new RegistryError('forbidden', 'The other service has not verified the address.');
  const userId = await checkCredentials(ctx, { email: identity.email, password: input.password });
  await inTransaction(ctx, (tx) => linkIdentity(tx, userId, identity));
  return startSession(ctx, userId, input);
}

export type Provider = { id: 'oidc' | 'github' | 'google'; name: string };

/** The configured upstream providers. */
export function listProviders(): Provider[] {
  const { oidc, github, google } = env();
  return [
    ...(oidc ? [{ id: 'oidc' as const, name: oidc.name }] : []),
    ...(github ? [{ id: 'github' as const, name: 'GitHub' }] : []),
    ...(google ? [{ id: 'google' as const, name: 'Google' }] : []),
  ];
}
