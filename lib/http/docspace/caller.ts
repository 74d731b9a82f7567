import { getOwnedClient, type OwnedClient } from '#lib/clients/index';
import { requireTokenScope, roleIn } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { database } from '#lib/kernel/database';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { findLogos } from '#lib/logos/index';
import { getOrganization } from '#lib/organizations/index';
import type { Call } from '../api.ts';
import { findCaller, nameOf, type Speaker } from '../credentials.ts';
import { type ApiLimits, takeFromBudget } from '../limits.ts';

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

const perMinute = { read: 200, create: 10, change: 15 };

/** What this API documents for the registry as a whole, and for public information. */
const registryLimits: ApiLimits = { name: 'docspace', perMinute, perSecond: 125, secondsAreOf: 'everybody' };
export const publicLimits: ApiLimits = { name: 'docspace-public', perMinute, perSecond: 25, secondsAreOf: 'everybody' };

/** The number by which this API knows the caller's organization. */
export async function tenantOf({ ctx, organizationId }: Caller): Promise<number> {
  return (await getOrganization(ctx, organizationId)).number;
}

type WithLogo = { logoHash: string | null };

/** The logos of a page of clients in one query; what it answers tells each client's. */
export async function logosOf(db: Context['db'], clients: readonly WithLogo[]) {
  const logos = await findLogos(
    db,
    clients.flatMap(({ logoHash }) => logoHash ?? []),
  );
  return ({ logoHash }: WithLogo): Uint8Array | undefined => (logoHash === null ? undefined : logos.get(logoHash));
}

export async function logoOf(db: Context['db'], client: WithLogo): Promise<Uint8Array | undefined> {
  return (await logosOf(db, [client]))(client);
}
