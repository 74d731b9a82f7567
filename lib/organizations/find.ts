import { selectOrganization, selectOrganizationsOf, selectPersonalOrganization } from '#db/queries/organizations';
import { organizationsOf, requirePerson, requireTokenScope } from '../access.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { isUuid } from '../uuid.ts';
import type { MyOrganization, Organization } from './organization.ts';
import { reachOf } from './within.ts';

/** The organization if it is the actor's (an operator: any), else undefined: not yours is not there. */
export async function findOrganization(ctx: Context, id: string): Promise<Organization | undefined> {
  if (!isUuid(id)) return undefined;
  return selectOrganization(ctx.db, { id: id.toLowerCase(), within: reachOf(ctx) });
}

/** As `findOrganization`, but throws `not_found`. */
export async function getOrganization(ctx: Context, id: string): Promise<Organization> {
  requireTokenScope(ctx, 'org:admin', 'clients:read', 'clients:write', 'read');
  const organization = await findOrganization(ctx, id);
  if (!organization) throw notFound('Organization');
  return organization;
}

/** The organizations that the actor belongs to, the personal one first; through a token, the token's. */
export async function listOrganizations(ctx: Context): Promise<MyOrganization[]> {
  requireTokenScope(ctx, 'org:admin', 'clients:read', 'clients:write', 'read');
  const { userId } = requirePerson(ctx);
  return selectOrganizationsOf(ctx.db, { userId, within: organizationsOf(ctx.actor) });
}

/** The personal organization of someone; for the command line. */
export async function getPersonalOrganization(ctx: Context, userId: string): Promise<Organization> {
  const organization = await selectPersonalOrganization(ctx.db, userId);
  if (!organization || (ctx.actor.kind !== 'command_line' && requirePerson(ctx).userId !== userId))
    throw notFound('Organization');
  return organization;
}
