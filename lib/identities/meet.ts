import { insertIdentity, selectIdentity } from '#db/queries/identities';
import { selectUserByEmail } from '#db/queries/users';
import { recordAudit } from '../audit/index.ts';
import { judgeName } from '../clients/rules.ts';
import { type Context, inTransaction } from '../context.ts';
import { RegistryError } from '../errors.ts';
import { type Browser, startSession } from '../sessions/index.ts';
import { comparableEmail, createUser, judgeEmail, requireSignUp, sendVerification } from '../users/index.ts';
import type { Identity } from './identity.ts';

/** Joins an identity to an account, in the caller's transaction. @throws conflict */
export async function joinIdentity(
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
export async function meetIdentity(
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
    await joinIdentity(tx, made.id, identity);
    return made;
  });
  if (!identity.emailVerified) await sendVerification(ctx, user);
  return { sessionId: await startSession(ctx, user.id, browser) };
}
