import { countOtherOwners, selectMember } from '#db/queries/members';
import type { Role } from '../actor.ts';
import type { Context } from '../context.ts';
import { notFound, RegistryError } from '../errors.ts';
import type { Locked } from '../organizations/index.ts';
import { grantableBy } from './rules.ts';

/** The role of a member of the locked organization, or `not_found`. */
export async function roleOfMember(ctx: Context, { organization }: Locked, userId: string): Promise<Role> {
  const member = await selectMember(ctx.db, { organizationId: organization.id, userId });
  if (!member) throw notFound('Member');
  return member.role;
}

/** An admin neither makes nor unmakes owners. */
export function requireGrantable({ role }: Locked, ...given: Role[]): void {
  const grantable = grantableBy(role);
  if (given.every((one) => grantable.includes(one))) return;
  throw new RegistryError('forbidden', 'Only an owner may make someone an owner or take that role away.');
}

/** Refuses what would leave the organization without an owner who can sign in, or a personal one without its person. */
export async function requireOwnerLeft(ctx: Context, { organization }: Locked, userId: string): Promise<void> {
  if (organization.personalOf === userId)
    throw new RegistryError('conflict', 'A personal organization belongs to its person for good.');
  if ((await countOtherOwners(ctx.db, { organizationId: organization.id, userId })) > 0) return;
  throw new RegistryError(
    'conflict',
    'The last owner can neither leave nor be demoted. Make someone else an owner first.',
  );
}
