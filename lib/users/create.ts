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
  /** Undefined for a person who signs in only with an upstream provider. */
  password?: string | undefined;
  name?: string | undefined;
  isOperator?: boolean;
  /** True if an upstream provider or the operator has verified the address. */
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
 * Creates an account and its personal organization, which the person owns. The first account of a database becomes the administrator.
 * @throws invalid_metadata: with an issue for each wrong field; conflict: the address already has an account
 */
export async function createUser(ctx: Context, input: NewUser): Promise<CreatedUser> {
  const email = normaliseEmail(input.email);
  const chosenName = normaliseName(input.name ?? '');
  const name = chosenName || 'Developer';
  const issues = [
    ...judgeEmail(input.email),
    ...judgeName(name),
    ...(input.password === undefined ? [] : judgePassword(input.password, { email, name: chosenName })),
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
    // The organization's name is public as the publisher of its apps, so it is never an e-mail address or a reserved name.
    const organization = await insertPersonalOrganization(tx.db, {
      userId: user.id,
      name: isPublishable(chosenName) ? chosenName : 'Personal',
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

const isPublishable = (name: string) => name !== '' && !name.includes('@') && reservedNameIn(name) === undefined;

/** Whether anyone may create an account now. The first account is always possible, later ones unless sign-up is closed. */
export async function signUpState(ctx: Context): Promise<'first' | 'open' | 'closed'> {
  if (!(await hasUsers(ctx.db))) return 'first';
  return env().signUp;
}

/** Counts one new account of the caller's network. @throws forbidden: sign-up is closed; rate_limited */
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

/** Creates an account for anyone and mails a link that verifies the address. @throws as `requireSignUp` and `createUser` */
export async function signUp(
  ctx: Context,
  input: Pick<NewUser, 'email' | 'name'> & { password: string },
): Promise<CreatedUser> {
  await requireSignUp(ctx);
  const user = await createUser(ctx, input);
  await sendVerification(ctx, user);
  return user;
}
