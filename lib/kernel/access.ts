import type { Actor, ActorToken, Membership, Person, Role, TokenScope } from './actor.ts';
import type { Context } from './context.ts';
import { RegistryError } from './errors.ts';
import { isUuid } from './values.ts';

/** The clients of the organization that a power covers: none, `created` by the actor, created or `managed` by the actor, or all. */
type Reach = 'none' | 'created' | 'managed' | 'all';
type Powers = { create: boolean; seeSecrets: boolean; edit: Reach; remove: Reach; administer: boolean };

/** What each role may do. Every member sees every client of the organization. */
export const powers: Record<Role | 'operator', Powers> = {
  operator: { create: true, seeSecrets: true, edit: 'all', remove: 'all', administer: true },
  owner: { create: true, seeSecrets: true, edit: 'all', remove: 'all', administer: true },
  admin: { create: true, seeSecrets: true, edit: 'all', remove: 'all', administer: true },
  developer: { create: true, seeSecrets: true, edit: 'managed', remove: 'created', administer: false },
  viewer: { create: false, seeSecrets: false, edit: 'none', remove: 'none', administer: false },
};

/**
 * Returns the actor if it is a person.
 *
 * @throws forbidden: the actor is a program
 * @throws unauthenticated: nobody is signed in
 */
export function requirePerson(ctx: Context): Person {
  if (ctx.actor.kind === 'program') throw new RegistryError('forbidden', 'Only a person may do this.');
  if (ctx.actor.kind !== 'person') throw new RegistryError('unauthenticated', 'Sign in first.');
  return ctx.actor;
}

/** Returns the token that authenticates the actor, or undefined for a session. */
export const tokenOf = (actor: Actor): ActorToken | undefined =>
  actor.kind === 'person' || actor.kind === 'program' ? actor.token : undefined;

/**
 * Checks that the token has at least one of the scopes. Sessions and the command line have no scopes and pass.
 *
 * @throws forbidden: the token has none of `anyOf`
 */
export function requireTokenScope(ctx: Context, ...anyOf: TokenScope[]): void {
  const token = tokenOf(ctx.actor);
  if (token && !anyOf.some((scope) => token.scopes.includes(scope)))
    throw new RegistryError('forbidden', `This token lacks the scope ${anyOf.join(' or ')}.`);
}

/** Returns the actor's role in an organization, or undefined if it has none. */
export function roleIn(actor: Actor, organizationId: string): Role | 'operator' | undefined {
  if (actor.kind === 'command_line') return 'operator';
  if (actor.kind === 'program') return actor.token.organizationId === organizationId ? 'developer' : undefined;
  if (actor.kind !== 'person') return undefined;
  if (actor.token && actor.token.organizationId !== organizationId) return undefined;
  if (actor.isOperator && !actor.token) return 'operator';
  return actor.memberships.find((membership) => membership.organizationId === organizationId)?.role;
}

/** Returns the ids of the organizations whose clients the actor may see; for an operator, its own organizations. */
export function organizationsOf(actor: Actor): string[] {
  if (actor.kind === 'program') return [actor.token.organizationId];
  if (actor.kind !== 'person') return [];
  const mine: readonly Membership[] = actor.token
    ? actor.memberships.filter(({ organizationId }) => organizationId === actor.token?.organizationId)
    : actor.memberships;
  return mine.map(({ organizationId }) => organizationId);
}

type Reached = { createdBy: string | null; createdByClient: string | null; managed: boolean };

/** Whether a power with this reach covers the client. `managed`: the actor is one of the client's managers. */
export function canReach(reach: Reach, actor: Actor, client: Reached): boolean {
  if (reach === 'all') return true;
  if (actor.kind === 'program') return reach !== 'none' && client.createdByClient === actor.clientId;
  if (reach === 'none' || actor.kind !== 'person') return false;
  return client.createdBy === actor.userId || (reach === 'managed' && client.managed);
}

/**
 * Returns the powers of the actor in an organization.
 *
 * @throws not_found: the actor has no role in it
 */
export function powersIn(ctx: Context, organizationId: string): Powers {
  const role = isUuid(organizationId) ? roleIn(ctx.actor, organizationId) : undefined;
  if (!role) throw new RegistryError('not_found', 'Organization not found');
  return powers[role];
}

/**
 * Whether the actor may register clients in an organization.
 *
 * @throws not_found: the actor has no role in it
 */
export function canCreateIn(ctx: Context, organizationId: string): boolean {
  if (ctx.actor.kind === 'registrant' && ctx.actor.organizationId === organizationId) return true;
  return powersIn(ctx, organizationId).create;
}
