import { selectPasswordHash, updateUser } from '#db/queries/users';
import type { Context } from '../context.ts';
import { RegistryError } from '../errors.ts';
import { comparableEmail, hashPassword, isOldHash, isPassword, passwordBytesMax } from '../users/index.ts';
import { countAttempt, countAttemptOfNetwork } from './attempts.ts';
import { type Browser, startSession } from './start.ts';

const wrong = () => new RegistryError('unauthenticated', 'The e-mail address or the password is not right.');

/** Whose address and password these are; an unknown address is refused with the same words after the same work. */
export async function checkCredentials(ctx: Context, input: { email: string; password: string }): Promise<string> {
  const { password } = input;
  await countAttemptOfNetwork(ctx);
  if (Buffer.byteLength(password) > passwordBytesMax * 4 || input.email.length > 1000) throw wrong();
  const email = comparableEmail(input.email);
  const known = await selectPasswordHash(ctx.db, { email: email.replaceAll('\0', '') });
  const person = known?.disabledAt === null ? known : undefined;
  await countAttempt(ctx, email, person?.userId);
  if (!(await isPassword(password, person?.passwordHash)) || !person?.passwordHash) throw wrong();
  if (isOldHash(person.passwordHash))
    await updateUser(ctx.db, person.userId, { passwordHash: await hashPassword(password) });
  return person.userId;
}

/**
 * Signs a person in by e-mail address and password and returns the id of the new session.
 * Throws `unauthenticated` (unknown address and wrong password alike) or `rate_limited`.
 */
export async function signIn(ctx: Context, input: { email: string; password: string } & Browser): Promise<string> {
  return startSession(ctx, await checkCredentials(ctx, input), input);
}
