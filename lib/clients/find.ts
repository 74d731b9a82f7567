import { selectClient } from '#db/queries/clients';
import { organizationsOf, requireTokenScope } from '../access.ts';
import type { Context } from '../context.ts';
import { notFound, RegistryError } from '../errors.ts';
import { isClientId } from './client-id.ts';
import { type OwnedClient, tenancyOf, toOwnedClient } from './owned-client.ts';

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
