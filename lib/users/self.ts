import { selectPasswordHash } from '#db/queries/users';
import { requirePerson } from '../access.ts';
import type { Person } from '../actor.ts';
import type { Context } from '../context.ts';
import { env } from '../env.ts';
import { RegistryError } from '../errors.ts';
import { requireFromLimit } from '../rate-limits/index.ts';
import { isPassword } from './password-hash.ts';

/** The person in their own browser: an API token does not touch the account. */
export function requireSelf(ctx: Context): Person {
  const person = requirePerson(ctx);
  if (person.token) throw new RegistryError('forbidden', 'An API token cannot change the account.');
  return person;
}

/** Takes one from a budget of the person's own, an hour long. */
export function requireOwnBudget(ctx: Context, what: string, max: number): Promise<void> {
  const key = `${what}:${requireSelf(ctx).userId}`;
  const limit = { max: max * env().rateLimitFactor, windowSeconds: 60 * 60 };
  return requireFromLimit(ctx.db, key, limit, 'That was asked for often lately. Try again in an hour.');
}

/** The person proves again who they are. @throws invalid_metadata on the field that holds the password, rate_limited */
export async function requireOwnPassword(ctx: Context, password: string, field = 'currentPassword'): Promise<void> {
  const { userId } = requireSelf(ctx);
  await requireOwnBudget(ctx, 'own-password', 20);
  const row = await selectPasswordHash(ctx.db, { userId });
  if (row && !row.passwordHash)
    throw new RegistryError(
      'invalid_metadata',
      'You have no password yet. Sign out and choose one by “Forgotten password”.',
      { field },
    );
  if (!(await isPassword(password, row?.passwordHash)))
    throw new RegistryError('invalid_metadata', 'That is not your current password.', { field });
}
