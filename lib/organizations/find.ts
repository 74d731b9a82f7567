import { selectMember } from '#db/queries/members';
import {
  isOrganizationBelow,
  selectOrganization,
  selectOrganizationsOf,
  selectOwnerWithin,
  selectPersonalOrganization,
} from '#db/queries/organizations';
import { organizationsOf, powers, requirePerson, requireTokenScope, roleIn } from '#lib/kernel/access';
import type { Person, Program, Role } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { isUuid } from '#lib/kernel/values';

/** Finds an organization of the actor; for the operator, any organization. */
export async function findOrganization(ctx: Context, id: string): Promise<Organization | undefined> {
  if (!isUuid(id)) return undefined;
  return selectOrganization(ctx.db, { id: id.toLowerCase(), within: visibleOrganizations(ctx) });
}

/** As `findOrganization`. @throws not_found: it does not exist, or the actor is not a member; forbidden: the token lacks a scope */
export async function getOrganization(ctx: Context, id: string): Promise<Organization> {
  requireTokenScope(ctx, 'org:admin', 'clients:read', 'clients:write', 'read');
  const organization = await findOrganization(ctx, id);
  if (!organization) throw notFound('Organization');
  return organization;
}

/** The organizations of the signed-in person, the personal one first; for a token, only the token's organization. */
export async function listOrganizations(ctx: Context): Promise<OwnOrganization[]> {
  requireTokenScope(ctx, 'org:admin', 'clients:read', 'clients:write', 'read');
  const { userId } = requirePerson(ctx);
  return selectOrganizationsOf(ctx.db, { userId, within: organizationsOf(ctx.actor) });
}

/** Gets a person's personal organization, for the command line and for the person. @throws not_found */
export async function getPersonalOrganization(ctx: Context, userId: string): Promise<Organization> {
  const organization = await selectPersonalOrganization(ctx.db, userId);
  if (!organization || (ctx.actor.kind !== 'command_line' && requirePerson(ctx).userId !== userId))
    throw notFound('Organization');
  return organization;
}

/** A tenant. `number` is DocSpace's tenant, `externalId` Trackle's org_id. */
export type Organization = {
  id: string;
  number: number;
  externalId: string;
  name: string;
  parentId: string | null;
  /** The person whose personal organization this is: they can neither leave it nor delete it. */
  personalOf: string | null;
  createdAt: Date;
};

/** An organization with the actor's role in it. */
export type OwnOrganization = Organization & { role: Role; memberCount: number };

/** The ids of the organizations that the actor can see; all for an operator's session and for the command line. */
export function visibleOrganizations({ actor }: Context): readonly string[] | 'all' {
  if (actor.kind === 'command_line') return 'all';
  if (actor.kind === 'person' && actor.isOperator && !actor.token) return 'all';
  return organizationsOf(actor);
}

export type LockedOrganization = { organization: Organization; role: Role | 'operator' };

/**
 * Locks the organization until the transaction ends, so that changes of its members are serialized, and reads the actor's current role
 * under the lock.
 *
 * @throws not_found: the actor has no role in the organization
 */
export async function lockOrganization(ctx: Context, id: string): Promise<LockedOrganization> {
  requireTokenScope(ctx, 'org:admin');
  const within = visibleOrganizations(ctx);
  const organization = isUuid(id) ? await selectOrganization(ctx.db, { id, within, lock: true }) : undefined;
  if (!organization) throw notFound('Organization');
  if (roleIn(ctx.actor, id) === 'operator') return { organization, role: 'operator' };
  const { userId } = requirePerson(ctx);
  const member = await selectMember(ctx.db, { organizationId: id, userId });
  if (!member) throw notFound('Organization');
  return { organization, role: member.role };
}

/** As `lockOrganization`, for owners and admins. @throws forbidden: the actor has another role */
export async function lockAdministeredOrganization(ctx: Context, id: string): Promise<LockedOrganization> {
  const locked = await lockOrganization(ctx, id);
  if (!powers[locked.role].administer)
    throw new RegistryError('forbidden', 'Only owners and admins may do this in this organization.');
  return locked;
}

type TokenContext = Context & { actor: Person | Program };

/**
 * Returns the context for an organization: the token's own, or one below it. Below it, the actor has the same role as in the token's own
 * organization.
 *
 * @throws forbidden: the organization is another one or does not exist
 */
export async function actInOrganization(ctx: TokenContext, organizationId: string): Promise<TokenContext> {
  const own = tokenOrganizationOf(ctx);
  const id = organizationId.toLowerCase();
  if (id === own) return ctx;
  if (isUuid(id) && (await isOrganizationBelow(ctx.db, { organizationId: id, above: own })))
    return withOrganization(ctx, id);
  throw new RegistryError('forbidden', 'The API key does not belong to this organization.');
}

/** As `actInOrganization`, for the organization that owns a client. @throws not_found: the client is not in the token's organization or below it */
export async function actInOrganizationOfClient(ctx: TokenContext, clientId: string): Promise<TokenContext> {
  const own = tokenOrganizationOf(ctx);
  const owner = isUuid(clientId) ? await selectOwnerWithin(ctx.db, { clientId, organizationId: own }) : undefined;
  if (owner === undefined) throw notFound('Client');
  return owner === own ? ctx : withOrganization(ctx, owner);
}

function tokenOrganizationOf({ actor }: TokenContext): string {
  if (!actor.token) throw new RegistryError('unauthenticated', 'Send a token: it belongs to one organization.');
  return actor.token.organizationId;
}

function withOrganization(ctx: TokenContext, organizationId: string): TokenContext {
  const reauthenticate: Context['reauthenticate'] =
    ctx.reauthenticate &&
    (async (db) => {
      const actor = await ctx.reauthenticate?.(db);
      return actor?.kind === 'person' || actor?.kind === 'program' ? inOrganization(actor, organizationId) : undefined;
    });
  return { ...ctx, reauthenticate, actor: inOrganization(ctx.actor, organizationId) };
}

function inOrganization(actor: Person | Program, organizationId: string): Person | Program {
  if (actor.kind === 'program') return { ...actor, token: { ...actor.token, organizationId } };
  const role = actor.token && roleIn(actor, actor.token.organizationId);
  if (!actor.token || !role || role === 'operator') throw notFound('Organization');
  const token = { ...actor.token, organizationId };
  return { ...actor, memberships: [{ organizationId, role }], token };
}
