import { hasUsers } from '#db/queries/users';
import type { Context } from '../context.ts';
import { env } from '../env.ts';
import { RegistryError } from '../errors.ts';
import { requireFromLimit } from '../rate-limits/index.ts';
import { type CreatedUser, createUser, type NewUser } from './create.ts';
import { sendVerification } from './verify-email.ts';

/** Who may make an account now: the very first one always, later ones unless sign-up is closed. */
export async function signUpState(ctx: Context): Promise<'first' | 'open' | 'closed'> {
  if (!(await hasUsers(ctx.db))) return 'first';
  return env().signUp;
}

/** One new account from this network. @throws forbidden (sign-up is closed), rate_limited */
export async function requireSignUp(ctx: Context): Promise<void> {
  if ((await signUpState(ctx)) === 'closed')
    throw new RegistryError('forbidden', 'New accounts are made by the administrator.');
  await requireFromLimit(
    ctx.db,
    `sign-up:${ctx.network}`,
    { max: 20 * env().rateLimitFactor, windowSeconds: 60 * 60 },
    'Many accounts were made from your network. Try again in an hour.',
  );
}

/** A stranger makes an account and is mailed a link that proves the address. Throws what `requireSignUp` and `createUser` do. */
export async function signUp(
  ctx: Context,
  input: Pick<NewUser, 'email' | 'name'> & { password: string },
): Promise<CreatedUser> {
  await requireSignUp(ctx);
  const user = await createUser(ctx, input);
  await sendVerification(ctx, user);
  return user;
}
