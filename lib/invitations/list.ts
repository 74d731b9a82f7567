import { selectInvitations } from '#db/queries/invitations';
import { powersIn, requireTokenScope } from '../access.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../errors.ts';
import type { ListedInvitation } from './invitation.ts';

/** The invitations of an organization that nobody accepted yet, newest first; for its owners and admins. */
export async function listInvitations(ctx: Context, organizationId: string): Promise<ListedInvitation[]> {
  requireTokenScope(ctx, 'org:admin');
  if (!powersIn(ctx, organizationId).administer)
    throw new RegistryError('forbidden', 'Only owners and admins see who is invited.');
  return selectInvitations(ctx.db, organizationId);
}
