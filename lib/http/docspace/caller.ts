import { getOwnedClient, type OwnedClient } from '#lib/clients/index';
import { roleIn } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { notFound } from '#lib/kernel/errors';
import { findLogos } from '#lib/logos/index';
import { getOrganization } from '#lib/organizations/index';
import { type Caller as Admitted, admitToken, hasScopes, isMember, isNoViewer } from '../admission.ts';
import type { Call } from '../api.ts';
import type { ApiLimits } from '../limits.ts';
import type { Principal } from '../possession.ts';

type Creator = { createdBy: string } | { createdByClient: string };

/** The caller, and the restriction of this API's roles: an ADMIN sees all clients of the tenant, a USER only the clients that they created. */
export type Caller = Admitted & {
  /** The creator of the clients that the caller sees; undefined for an ADMIN. */
  onlyOf: Creator | undefined;
};

/** Admits a call with the scope that it needs. A GUEST is admitted only to `signed in`: their own consents, and the scopes. */
export async function admit(call: Call, need: 'signed in' | 'clients:read' | 'clients:write'): Promise<Caller> {
  const checks = need === 'signed in' ? [isMember] : [isMember, isNoViewer, hasScopes(need)];
  const caller = await admitToken(call, { channel: 'docspace', limits: registryLimits, checks });
  const { actor } = caller.ctx;
  return { ...caller, onlyOf: roleIn(actor, caller.organizationId) === 'developer' ? creatorOf(actor) : undefined };
}

const creatorOf = (actor: Principal): Creator =>
  actor.kind === 'program' ? { createdByClient: actor.clientId } : { createdBy: actor.userId };

/** Gets the client of the path. @throws not_found: also if the caller does not see the client in this API */
export async function getVisibleClient({ ctx, onlyOf }: Caller, clientId = ''): Promise<OwnedClient> {
  const client = await getOwnedClient(ctx, clientId);
  if (onlyOf && !isCreatedBy(client, onlyOf)) throw notFound('Client');
  return client;
}

const isCreatedBy = (client: OwnedClient, creator: Creator): boolean =>
  'createdBy' in creator ? client.createdBy === creator.createdBy : client.createdByClient === creator.createdByClient;

const perMinute = { read: 200, create: 10, change: 15 };

/** The documented limits of this API: for its clients and consents, and for public information. */
const registryLimits: ApiLimits = { name: 'docspace', perMinute, perSecond: 125, perSecondOf: 'everybody' };
export const publicLimits: ApiLimits = { name: 'docspace-public', perMinute, perSecond: 25, perSecondOf: 'everybody' };

/** The caller's organization as this API identifies it: by a number. */
export async function tenantOf({ ctx, organizationId }: Caller): Promise<number> {
  return (await getOrganization(ctx, organizationId)).number;
}

type WithLogo = { logoHash: string | null };

/** Reads the logos of a page of clients in one query; returns a function from a client to its logo. */
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
