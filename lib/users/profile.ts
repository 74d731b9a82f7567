import { selectUser, updateUser } from '#db/queries/users';
import { changesBetween, recordAudit } from '../audit/index.ts';
import { judgeName, normaliseName } from '../clients/rules.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound, RegistryError } from '../errors.ts';
import { requireSelf } from './self.ts';

export type Profile = {
  id: string;
  email: string;
  emailVerifiedAt: Date | null;
  name: string;
  hasPassword: boolean;
  isOperator: boolean;
  createdAt: Date;
};

/** The person's own account. */
export async function getProfile(ctx: Context): Promise<Profile> {
  const user = await selectUser(ctx.db, requireSelf(ctx).userId);
  if (!user) throw notFound('Account');
  return user;
}

/** Gives the person another name. @throws invalid_metadata */
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
