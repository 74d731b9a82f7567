import { selectClient, type Tenancy } from '#db/queries/clients';
import { type AuditEvent, listAuditEvents } from '#lib/audit/index';
import { organizationsOf, powers, reaches, requireTokenScope, roleIn } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { type Client, isClientId } from './client.ts';

type Options = { lock?: boolean };

/** The client if it is one of the actor's organizations' (an operator: any), else undefined: not yours is not there. */
export async function findOwnedClient(ctx: Context, clientId: string, options: Options = {}) {
  if (!isClientId(clientId)) return undefined;
  if (ctx.actor.kind === 'client' && ctx.actor.clientId !== clientId.toLowerCase()) return undefined;
  const userId = ctx.actor.kind === 'person' ? ctx.actor.userId : null;
  const row = await selectClient(ctx.db, { clientId, tenancy: tenancyOf(ctx), userId, ...options });
  return row && toOwnedClient(ctx, row);
}

/** The client if the person is a member of its organization or one of its managers; an operator's view of all does not count. */
export async function findManagedClient(ctx: Context, clientId: string): Promise<OwnedClient | undefined> {
  if (ctx.actor.kind !== 'person') return undefined;
  if (!isClientId(clientId)) return undefined;
  const { userId } = ctx.actor;
  const row = await selectClient(ctx.db, { clientId, tenancy: organizationsOf(ctx.actor), userId });
  return row && toOwnedClient(ctx, row);
}

/** As `findOwnedClient`, but throws `not_found`. A token needs `clients:read` (or the vendors' `read`). */
export async function getOwnedClient(ctx: Context, clientId: string, options: Options = {}): Promise<OwnedClient> {
  requireTokenScope(ctx, 'clients:read', 'clients:write', 'read');
  const client = await findOwnedClient(ctx, clientId, options);
  if (!client) throw notFound('Client');
  return client;
}

/** The client, its row locked, for an actor that may edit it; `forbidden` when it may see it only. */
export async function getEditableClient(ctx: Context, clientId: string): Promise<OwnedClient> {
  requireTokenScope(ctx, 'clients:write', 'write');
  const client = await findOwnedClient(ctx, clientId, { lock: true });
  if (!client) throw notFound('Client');
  if (!client.may.edit) throw new RegistryError('forbidden', 'Your role does not let you change this client.');
  return client;
}

/** A client as one of its organization's people meets it: what it is, and what that person may do with it. */
export type OwnedClient = Client & {
  may: { edit: boolean; remove: boolean; seeSecrets: boolean; manage: boolean };
};

/** Whose rows the actor may see: those of its organizations; an operator's session sees all. */
function tenancyOf(ctx: Context): Tenancy {
  const { actor } = ctx;
  if (actor.kind === 'command_line' || (actor.kind === 'person' && actor.isOperator && !actor.token)) return 'all';
  if (actor.kind === 'registrant' || actor.kind === 'client') return [actor.organizationId];
  return organizationsOf(actor);
}

/** Adds what the actor may do to a row that it may see. */
function toOwnedClient(ctx: Context, row: Client & { managed: boolean }): OwnedClient {
  const { managed, ...client } = row;
  const role = roleIn(ctx.actor, client.organizationId);
  const power = powers[role ?? 'viewer'];
  const itself = ctx.actor.kind === 'client' && ctx.actor.clientId === client.clientId;
  const edit = itself || reaches(power.edit, ctx.actor, row);
  const remove = itself || reaches(power.remove, ctx.actor, row);
  return { ...client, may: { edit, remove, seeSecrets: power.seeSecrets, manage: remove } };
}

/** Refuses an edit that was made on another version than the stored one; without a version any will do. */
export function requireVersion(client: { version: number }, version: number | undefined): void {
  if (version === undefined || version === client.version) return;
  throw new RegistryError('conflict', 'This app was changed since you opened it.', { field: 'version' });
}

/**
 * What happened to a client, newest first, before the event `before`; a viewer is not told what its secrets are. A token
 * needs `audit:read` and nothing else.
 */
export async function listClientHistory(
  ctx: Context,
  clientId: string,
  page: { limit: number; before?: number },
): Promise<AuditEvent[]> {
  requireTokenScope(ctx, 'audit:read');
  const client = await findOwnedClient(ctx, clientId);
  if (!client) throw notFound('Client');
  const events = await listAuditEvents(ctx, { type: 'client', id: client.clientId }, page);
  if (client.may.seeSecrets) return events;
  return events.map((event) => {
    if (event.action.startsWith('secret.')) return { ...event, before: null, after: null };
    return { ...event, before: withoutSecrets(event.before), after: withoutSecrets(event.after) };
  });
}

function withoutSecrets(values: AuditEvent['after']): AuditEvent['after'] {
  if (values === null) return null;
  const { secretId: _id, secretIds: _ids, ...others } = values;
  return others;
}
