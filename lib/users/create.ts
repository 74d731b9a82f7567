import { randomBytes } from 'node:crypto';
import { hasUsers, insertPersonalOrganization, insertUser, lockFirstUser } from '#db/queries/users';
import { recordAudit } from '#lib/audit/index';
import { judgeName, normaliseName } from '#lib/clients/rules';
import { type Context, inTransaction } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { RegistryError } from '#lib/kernel/errors';
import { reservedNameIn } from '#lib/names/index';
import { requireWithinLimit } from '#lib/rate-limits/index';
import { sendVerification } from './change-email.ts';
import { judgeEmail, normaliseEmail } from './email.ts';
import { judgePassword } from './password.ts';
import { hashPassword } from './password-hash.ts';

export type NewUser = {
  email: string;
  /** Undefined for a person who signs in upstream only. */
  password?: string | undefined;
  name?: string | undefined;
  isOperator?: boolean;
  /** Who vouches for the address: an upstream provider or the operator. */
  emailVerified?: boolean;
};

export type CreatedUser = {
  id: string;
  email: string;
  name: string;
  isOperator: boolean;
  organization: { id: string; number: number; externalId: string };
};

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

async function isFirst(ctx: Context): Promise<boolean> {
  if (await hasUsers(ctx.db)) return false;
  await lockFirstUser(ctx.db);
  return !(await hasUsers(ctx.db));
}

/**
 * Makes an account and its personal organization (which the person owns). The first of an empty database becomes its
 * administrator. Throws `invalid_metadata` with an issue per wrong field, or `conflict` when the address has an account.
 */
export async function createUser(ctx: Context, input: NewUser): Promise<CreatedUser> {
  const email = normaliseEmail(input.email);
  const named = normaliseName(input.name ?? '');
  const name = named || 'Developer';
  const issues = [
    ...judgeEmail(input.email),
    ...judgeName(name),
    ...(input.password === undefined ? [] : judgePassword(input.password, { email, name: named })),
  ];
  if (issues.length > 0) throw new RegistryError('invalid_metadata', 'The account was not made.', { issues });
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password);

  return inTransaction(ctx, async (tx) => {
    const isOperator = (await isFirst(tx)) || input.isOperator === true;
    const user = await insertUser(tx.db, {
      id: `usr_${hex(12)}`,
      email,
      name,
      passwordHash,
      isOperator,
      emailVerifiedAt: input.emailVerified ? new Date() : null,
    });
    if (!user)
      throw new RegistryError('conflict', 'This e-mail address already has an account. Sign in instead.', {
        field: 'email',
      });
    // Anyone may see who publishes an app: an address and a reserved name do not become the organization's.
    const organization = await insertPersonalOrganization(tx.db, {
      userId: user.id,
      name: named && !named.includes('@') && reservedNameIn(named) === undefined ? named : 'Personal',
      externalId: hex(12),
    });
    await recordAudit(tx, {
      action: 'user.create',
      organizationId: organization.id,
      targetType: 'user',
      targetId: user.id,
      after: { isOperator },
    });
    return { id: user.id, email: user.email, name: user.name, isOperator, organization };
  });
}

/** Who may make an account now: the very first one always, later ones unless sign-up is closed. */
export async function signUpState(ctx: Context): Promise<'first' | 'open' | 'closed'> {
  if (!(await hasUsers(ctx.db))) return 'first';
  return env().signUp;
}

/** One new account from this network. @throws forbidden (sign-up is closed), rate_limited */
export async function requireSignUp(ctx: Context): Promise<void> {
  if ((await signUpState(ctx)) === 'closed')
    throw new RegistryError('forbidden', 'New accounts are made by the administrator.');
  await requireWithinLimit(
    ctx.db,
    `sign-up:${ctx.network}`,
    { max: 20, windowSeconds: 60 * 60 },
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
