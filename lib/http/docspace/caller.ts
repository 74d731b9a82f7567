import { requireTokenScope, roleIn } from '../../access.ts';
import { getOwnedClient, type OwnedClient } from '../../clients/index.ts';
import type { Context } from '../../context.ts';
import { database } from '../../database.ts';
import { notFound, RegistryError } from '../../errors.ts';
import type { Call } from '../call.ts';
import { findCaller, nameOf, type Speaker } from '../credentials.ts';
import { takeFromBudget } from '../limits.ts';
import { registryLimits } from './limits.ts';

/** Whoever calls, as this API sees them: an ADMIN reaches all clients of the tenant, a USER only those they created. */
export type Caller = {
  ctx: Context & { actor: Speaker };
  organizationId: string;
  /** Set for a USER, and for a program: whose clients they are. */
  own: { createdBy: string } | { createdByClient: string } | undefined;
};

type Need = 'signed in' | 'clients:read' | 'clients:write';

/** Authenticates the call, takes it from its budget, and holds its role and its token's scopes against the need. */
export async function enter(call: Call, need: Need): Promise<Caller> {
  const actor = await findCaller(call);
  await takeFromBudget(call, registryLimits, nameOf(actor));
  if (!actor?.token) throw new RegistryError('unauthenticated', 'Send an API token: Authorization: Bearer <token>.');
  const { organizationId } = actor.token;
  const { requestId, network } = call.var;
  const ctx = { db: database(), actor, channel: 'docspace', requestId, network } as const;
  const role = roleIn(actor, organizationId);
  if (!role) throw denied();
  if (need !== 'signed in') {
    // A GUEST is let in nowhere else.
    if (role === 'viewer') throw denied();
    if (need === 'clients:read') requireTokenScope(ctx, 'clients:read', 'clients:write');
    else requireTokenScope(ctx, 'clients:write');
  }
  return { ctx, organizationId, own: role === 'developer' ? ownOf(actor) : undefined };
}

const ownOf = (actor: Speaker) =>
  actor.kind === 'program' ? { createdByClient: actor.clientId } : { createdBy: actor.userId };

const denied = () => new RegistryError('forbidden', 'Access denied');

/** The client of the path if the caller sees it in this API; else it is not there. */
export async function getVisibleClient({ ctx, own }: Caller, clientId = ''): Promise<OwnedClient> {
  const client = await getOwnedClient(ctx, clientId);
  const made = new Map<string, unknown>(Object.entries(client));
  for (const [name, by] of Object.entries(own ?? {})) if (made.get(name) !== by) throw notFound('Client');
  return client;
}
