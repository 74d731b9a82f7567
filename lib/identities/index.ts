import { insertIdentity, selectIdentity } from '#db/queries/identities';
import { selectUserByEmail } from '#db/queries/users';
import { recordAudit } from '#lib/audit/index';
import { judgeName } from '#lib/clients/rules';
import { type Context, inTransaction } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { RegistryError } from '#lib/kernel/errors';
import { type Browser, checkCredentials, startSession } from '#lib/sessions/index';
import { comparableEmail, createUser, judgeEmail, requireSignUp, sendVerification } from '#lib/users/index';

/** Who an upstream provider says has come. `email` is undefined when it says none. */
export type Identity = {
  provider: string;
  subject: string;
  email: string | undefined;
  emailVerified: boolean;
  name: string | undefined;
};

/** Joins an identity to an account, in the caller's transaction. @throws conflict */
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

/** An address and a name fit for an account; a name that breaks the rules is left out. */
function fit(identity: Identity) {
  const { email, name } = identity;
  if (email === undefined || judgeEmail(email).length > 0)
    throw new RegistryError('invalid_metadata', 'The other service did not tell a usable e-mail address.');
  return { email, name: name && judgeName(name).length === 0 ? name : undefined };
}

/**
 * Somebody comes from an upstream provider. A known identity starts a session; an unknown one makes a new account, or,
 * when its verified address has one, waits for that account's password (`'password'`): an address alone opens nothing.
 * @throws forbidden, conflict, rate_limited, invalid_metadata
 */
export async function resolveIdentity(
  ctx: Context,
  identity: Identity,
  browser: Browser,
): Promise<{ sessionId: string } | 'password'> {
  const known = await selectIdentity(ctx.db, identity);
  if (known?.disabledAt) throw new RegistryError('forbidden', 'This account is disabled.');
  if (known) return { sessionId: await startSession(ctx, known.userId, browser) };
  const { email, name } = fit(identity);
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
 * Joins an identity that waits to the account of its verified address, which `password` must open; returns the id of
 * the session that starts. @throws unauthenticated, rate_limited, conflict
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

/** The other services through which one can sign in here, as configured. */
export function listProviders(): Provider[] {
  const { oidc, github, google } = env();
  return [
    ...(oidc ? [{ id: 'oidc' as const, name: oidc.name }] : []),
    ...(github ? [{ id: 'github' as const, name: 'GitHub' }] : []),
    ...(google ? [{ id: 'google' as const, name: 'Google' }] : []),
  ];
}
