import type { Tenancy } from '#db/queries/clients';
import { organizationsOf, powers, reaches, roleIn } from '../access.ts';
import type { Context } from '../context.ts';
import type { Client } from './client.ts';

/** A client as one of its organization's people meets it: what it is, and what that person may do with it. */
export type OwnedClient = Client & {
  may: { edit: boolean; remove: boolean; seeSecrets: boolean; manage: boolean };
};

/** Whose rows the actor may see: those of its organizations; an operator's session sees all. */
export function tenancyOf(ctx: Context): Tenancy {
  const { actor } = ctx;
  if (actor.kind === 'command_line' || (actor.kind === 'person' && actor.isOperator && !actor.token)) return 'all';
  if (actor.kind === 'registrant' || actor.kind === 'client') return [actor.organizationId];
  return organizationsOf(actor);
}

/** Adds what the actor may do to a row that it may see. */
export function toOwnedClient(ctx: Context, row: Client & { managed: boolean }): OwnedClient {
  const { managed, ...client } = row;
  const role = roleIn(ctx.actor, client.organizationId);
  const power = powers[role ?? 'viewer'];
  const itself = ctx.actor.kind === 'client' && ctx.actor.clientId === client.clientId;
  const edit = itself || reaches(power.edit, ctx.actor, row);
  const remove = itself || reaches(power.remove, ctx.actor, row);
  return { ...client, may: { edit, remove, seeSecrets: power.seeSecrets, manage: remove } };
}
