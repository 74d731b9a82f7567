import { selectPasswordHash, selectUser, updateUser } from '#db/queries/users';
import { changesBetween, recordAudit } from '#lib/audit/index';
import { judgeName, normaliseName } from '#lib/clients/rules';
import { requirePerson } from '#lib/kernel/access';
import type { Person } from '#lib/kernel/actor';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { requireWithinLimit } from '#lib/rate-limits/index';
import { isPassword } from './password-hash.ts';

export type Profile = {
  id: string;
  email: string;
  emailVerifiedAt: Date | null;
  name: string;
  hasPassword: boolean;
  isOperator: boolean;
  createdAt: Date;
};

/** Gets the signed-in person's account. @throws unauthenticated; forbidden: the actor uses an API token; not_found */
export async function getProfile(ctx: Context): Promise<Profile> {
  const user = await selectUser(ctx.db, requireSelf(ctx).userId);
  if (!user) throw notFound('Account');
  return user;
}

/** Changes the signed-in person's name. @throws invalid_metadata: the name breaks a rule */
export async function changeName(ctx: Context, raw: string): Promise<void> {
  const { userId } = requireSelf(ctx);
  const issues = judgeName(raw);
  if (issues.length > 0) throw new RegistryError('invalid_metadata', 'The name was not changed.', { issues });
  await inTransaction(ctx, async (tx) => {
    const { name } = await getProfile(tx);
    const changes = changesBetween({ name }, { name: normaliseName(raw) });
    if (!changes) return;
    await updateUser(tx.db, userId, { name: normaliseName(raw) });
    await recordAudit(tx, {
      action: 'user.update',
      organizationId: null,
      targetType: 'user',
      targetId: userId,
      ...changes,
    });
  });
}

/** The person of the session. @throws unauthenticated: nobody is signed in; forbidden: the actor uses an API token */
export function requireSelf(ctx: Context): Person {
  const person = requirePerson(ctx);
  if (person.token) throw new RegistryError('forbidden', 'An API token cannot change the account.');
  return person;
}

/** Counts one use in the person's own budget for `what`: `max` uses an hour. @throws rate_limited */
export function requireOwnBudget(ctx: Context, what: string, max: number): Promise<void> {
  const key = `${what}:${requireSelf(ctx).userId}`;
  const limit = { max, windowSeconds: 60 * 60 };
  return requireWithinLimit(ctx.db, key, limit, 'You did this too often. Try again in an hour.');
}

/** Checks the signed-in person's password. `field` names the form field in the error. @throws invalid_metadata: it is wrong; rate_limited */
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
