import { selectClient, type Tenancy } from '#db/queries/clients';
import { type AuditEvent, listAuditEvents } from '#lib/audit/index';
import { canReach, organizationsOf, powers, requireTokenScope, roleIn } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { type Client, isClientId } from './client.ts';

type Options = { lock?: boolean };

/**
 * Returns the client if it belongs to one of the actor's organizations (for an operator: any client), else undefined. A client of
 * another organization looks like a missing one. `lock` locks the row until the transaction ends.
 */
export async function findOwnedClient(ctx: Context, clientId: string, options: Options = {}) {
  if (!isClientId(clientId)) return undefined;
  if (ctx.actor.kind === 'client' && ctx.actor.clientId !== clientId.toLowerCase()) return undefined;
  const userId = ctx.actor.kind === 'person' ? ctx.actor.userId : null;
  const row = await selectClient(ctx.db, { clientId, tenancy: tenancyOf(ctx), userId, ...options });
  return row && toOwnedClient(ctx, row);
}

/** Returns the client if the person is a member of its organization or one of its managers. Being an operator is not enough. */
export async function findManagedClient(ctx: Context, clientId: string): Promise<OwnedClient | undefined> {
  if (ctx.actor.kind !== 'person') return undefined;
  if (!isClientId(clientId)) return undefined;
  const { userId } = ctx.actor;
  const row = await selectClient(ctx.db, { clientId, tenancy: organizationsOf(ctx.actor), userId });
  return row && toOwnedClient(ctx, row);
}

/**
 * Like `findOwnedClient`, but throws. A token needs `clients:read`, `clients:write` or the vendors' `read`.
 *
 * @throws not_found: the client does not exist or belongs to another organization
 * @throws forbidden: the token lacks the scope
 */
export async function getOwnedClient(ctx: Context, clientId: string, options: Options = {}): Promise<OwnedClient> {
  requireTokenScope(ctx, 'clients:read', 'clients:write', 'read');
  const client = await findOwnedClient(ctx, clientId, options);
  if (!client) throw notFound('Client');
  return client;
}

/**
 * Returns the client with its row locked, for an actor that may edit it.
 *
 * @throws not_found: the client does not exist or belongs to another organization
 * @throws forbidden: the actor may only see the client
 */
export async function getEditableClient(ctx: Context, clientId: string): Promise<OwnedClient> {
  requireTokenScope(ctx, 'clients:write', 'write');
  const client = await findOwnedClient(ctx, clientId, { lock: true });
  if (!client) throw notFound('Client');
  if (!client.may.edit) throw new RegistryError('forbidden', 'Your role does not let you change this client.');
  return client;
}

/** A client, with what the current actor may do with it. */
export type OwnedClient = Client & {
  may: { edit: boolean; remove: boolean; seeSecrets: boolean; manage: boolean };
};

/** The organizations whose clients the actor may see; `all` for an operator's session and the command line. */
function tenancyOf(ctx: Context): Tenancy {
  const { actor } = ctx;
  if (actor.kind === 'command_line' || (actor.kind === 'person' && actor.isOperator && !actor.token)) return 'all';
  if (actor.kind === 'registrant' || actor.kind === 'client') return [actor.organizationId];
  return organizationsOf(actor);
}

/** Adds the actor's permissions to a row. */
function toOwnedClient(ctx: Context, row: Client & { managed: boolean }): OwnedClient {
  const { managed, ...client } = row;
  const role = roleIn(ctx.actor, client.organizationId);
  const power = powers[role ?? 'viewer'];
  const itself = ctx.actor.kind === 'client' && ctx.actor.clientId === client.clientId;
  const edit = itself || canReach(power.edit, ctx.actor, row);
  const remove = itself || canReach(power.remove, ctx.actor, row);
  return { ...client, may: { edit, remove, seeSecrets: power.seeSecrets, manage: remove } };
}

/**
 * Checks that an edit is based on the stored version. Without a version every edit passes.
 *
 * @throws conflict: the client has another version
 */
export function requireVersion(client: { version: number }, version: number | undefined): void {
  if (version === undefined || version === client.version) return;
  throw new RegistryError('conflict', 'This app was changed since you opened it.', { field: 'version' });
}

/**
 * Returns a page of a client's audit events, newest first; `before` is the id of the last event of the previous page. Viewers get no
 * details of secrets. A token needs `audit:read` only.
 *
 * @throws not_found: the client does not exist or belongs to another organization
 * @throws forbidden: the token lacks the scope
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
