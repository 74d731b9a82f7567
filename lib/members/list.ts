import { selectMembers } from '#db/queries/members';
import { powersIn, requireTokenScope } from '../access.ts';
import type { Context } from '../context.ts';
import type { Member } from './member.ts';

/** The people of an organization, owners first. Every member sees names and roles; addresses are for owners and admins. */
export async function listMembers(ctx: Context, organizationId: string): Promise<Member[]> {
  requireTokenScope(ctx, 'org:admin', 'clients:read', 'clients:write', 'read');
  const { administer } = powersIn(ctx, organizationId);
  const rows = await selectMembers(ctx.db, organizationId);
  return rows.map(({ disabledAt, email, ...row }) => ({
    ...row,
    email: administer ? email : null,
    isDisabled: disabledAt !== null,
  }));
}
