import { getOwnedClient, type OwnedClient } from '#lib/clients/index';
import { roleIn } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { notFound } from '#lib/kernel/errors';
import { findLogos } from '#lib/logos/index';
import { getOrganization } from '#lib/organizations/index';
import { type Caller as Admitted, admitToken, hasScopes, isMember, isNoViewer, type Principal } from '../admission.ts';
import type { Call } from '../api.ts';
import type { ApiLimits } from '../limits.ts';

/** The caller with the role that this API defines: an ADMIN reaches all clients of the tenant, a USER only those they created. */
export type Caller = Admitted & {
  /** Set for a USER, and for a program: whose clients they are. */
  own: { createdBy: string } | { createdByClient: string } | undefined;
};

/** A GUEST is admitted to nothing but their own consents. */
export async function admit(call: Call, need: 'signed in' | 'clients:read' | 'clients:write'): Promise<Caller> {
  const checks = need === 'signed in' ? [isMember] : [isMember, isNoViewer, hasScopes(need)];
  const caller = await admitToken(call, { channel: 'docspace', limits: registryLimits, checks });
  const { actor } = caller.ctx;
  return { ...caller, own: roleIn(actor, caller.organizationId) === 'developer' ? ownOf(actor) : undefined };
}

const ownOf = (actor: Principal) =>
  actor.kind === 'program' ? { createdByClient: actor.clientId } : { createdBy: actor.userId };

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
