import { type Context, inTransaction } from '../context.ts';
import { RegistryError } from '../errors.ts';
import { type Browser, checkCredentials, startSession } from '../sessions/index.ts';
import type { Identity } from './identity.ts';
import { joinIdentity } from './meet.ts';

/**
 * Joins an identity that waits to the account of its verified address, which `password` must open; returns the id of
 * the session that starts. @throws unauthenticated, rate_limited, conflict
 */
export async function joinWithPassword(
  ctx: Context,
  identity: Identity,
  input: { password: string } & Browser,
): Promise<string> {
  if (!identity.emailVerified || !identity.email)
    throw new RegistryError('forbidden', 'The other service has not verified the address.');
  const userId = await checkCredentials(ctx, { email: identity.email, password: input.password });
  await inTransaction(ctx, (tx) => joinIdentity(tx, userId, identity));
  return startSession(ctx, userId, input);
}
