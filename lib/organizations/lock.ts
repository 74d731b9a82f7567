import { selectMember } from '#db/queries/members';
import { selectOrganization } from '#db/queries/organizations';
import { powers, requirePerson, requireTokenScope, roleIn } from '../access.ts';
import type { Role } from '../actor.ts';
import type { Context } from '../context.ts';
import { notFound, RegistryError } from '../errors.ts';
import { isUuid } from '../uuid.ts';
import type { Organization } from './organization.ts';
import { reachOf } from './within.ts';

export type Locked = { organization: Organization; role: Role | 'operator' };

/**
 * Holds the organization until the transaction ends, so that changes of its members take turns, and reads the actor's role
 * under that lock: whoever was demoted a moment ago has no say any more. Throws `not_found` for a stranger.
 */
export async function lockOrganization(ctx: Context, id: string): Promise<Locked> {
  requireTokenScope(ctx, 'org:admin');
  const within = reachOf(ctx);
  const organization = isUuid(id) ? await selectOrganization(ctx.db, { id, within, lock: true }) : undefined;
  if (!organization) throw notFound('Organization');
  if (roleIn(ctx.actor, id) === 'operator') return { organization, role: 'operator' };
  const { userId } = requirePerson(ctx);
  const member = await selectMember(ctx.db, { organizationId: id, userId });
  if (!member) throw notFound('Organization');
  return { organization, role: member.role };
}

/** As `lockOrganization`, for an actor that administers it; `forbidden` for its other members. */
export async function lockAdministered(ctx: Context, id: string): Promise<Locked> {
  const locked = await lockOrganization(ctx, id);
  if (!powers[locked.role].administer)
    throw new RegistryError('forbidden', 'Only owners and admins may do this in this organization.');
  return locked;
}
