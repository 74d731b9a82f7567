import { hasUsers } from '#db/queries/users';
import type { Context } from '../context.ts';
import { env } from '../env.ts';
import { RegistryError } from '../errors.ts';
import { requireFromLimit } from '../rate-limits/index.ts';
import { type CreatedUser, createUser, type NewUser } from './create.ts';
import { sendVerification } from './verify-email.ts';

/** Whether a stranger may make an account now: always the first one, later ones unless sign-up is closed. */
export async function isSignUpOpen(ctx: Context): Promise<boolean> {
  return env().signUp === 'open' || !(await hasUsers(ctx.db));
}

/**
 * A stranger makes an account and is mailed a link that proves the address. Besides what `createUser` throws: `forbidden` while sign-up is closed, `rate_limited`
 * when the caller's network made many lately.
 */
export async function signUp(
  ctx: Context,
  input: Pick<NewUser, 'email' | 'password' | 'name' | 'emailVerified'>,
): Promise<CreatedUser> {
  if (!(await isSignUpOpen(ctx))) throw new RegistryError('forbidden', 'New accounts are made by the administrator.');
  await requireFromLimit(
    ctx.db,
    `sign-up:${ctx.network}`,
    { max: 20 * env().rateLimitFactor, windowSeconds: 60 * 60 },
    'Many accounts were made from your network. Try again in an hour.',
  );
  const user = await createUser(ctx, input);
  if (!input.emailVerified) await sendVerification(ctx, user);
  return user;
}
