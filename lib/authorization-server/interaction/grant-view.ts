import { randomUUID } from 'node:crypto';
import type { Adapter, AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import { endArtifacts } from '#db/queries/artifacts';
import { selectGrantById, selectGrantOf } from '#db/queries/grants';
import { database } from '#lib/kernel/database';
import { isUuid } from '#lib/kernel/values';
import { changesSince, mayHaveNewOwner, snapshotOf } from '#lib/metadata-documents/rules';
import { claimsOf, claimsOfScopes } from '../claims.ts';
import { clientOf } from '../clients/registered-client.ts';
import { exchange } from '../exchange.ts';
import { catalogueUri } from '../tokens/targets.ts';

type Row = NonNullable<Awaited<ReturnType<typeof selectGrantById>>>;

/**
 * oidc-provider's grants are what people allowed (`grants`), read at each use. Each authorization has a name of its own for it, the
 * grant's id and a family: a stolen code or refresh token that is replayed ends what came of that authorization, and no more.
 */
export function grantsOfPeople(): Adapter {
  const elsewhere = async () => {
    throw new Error('what people allow is written where they are asked');
  };
  return {
    async find(name) {
      const { grantId } = readGrantName(name);
      const row = grantId === undefined ? undefined : await selectGrantById(database(), grantId);
      return row && viewOf(row, name);
    },
    async destroy(name) {
      await endArtifacts(database(), { of: 'family', id: name });
    },
    upsert: elsewhere,
    findByUid: elsewhere,
    findByUserCode: elsewhere,
    consume: elsewhere,
    revokeByGrantId: elsewhere,
  };
}

/** What the person has allowed this client so far, under a name for a new authorization. */
export async function loadGrant({ oidc }: KoaContextWithOIDC) {
  const { account, client } = oidc;
  if (!account || !client) return undefined;
  const { clientId } = clientOf(client.clientId);
  const row = await selectGrantOf(database(), { userId: account.accountId, clientId });
  const view = row && viewOf(row, `${row.id}.${randomUUID()}`);
  return view && new oidc.provider.Grant(view);
}

/** The grant's id in oidc-provider's name for it, and the whole name, which is the family's. */
export function readGrantName(name: string | undefined): { grantId?: string; familyId?: string } {
  const grantId = name?.split('.', 1)[0];
  return grantId !== undefined && isUuid(grantId) ? { grantId, familyId: name as string } : {};
}

function viewOf(row: Row, name: string): AdapterPayload | undefined {
  const current = exchange();
  const protocolId = row.client.metadataUrl ?? row.clientId;
  const now = snapshotOf(row.client);
  // Rule C7: it was allowed to somebody else, as far as anyone can tell.
  if (mayHaveNewOwner(row.snapshot, now)) return undefined;
  current.grant = { id: row.id, usedAt: row.lastUsedAt, hasChanged: changesSince(row.snapshot, now).length > 0 };
  const registered = current.clients.get(protocolId)?.scopes;
  // What the client has given up since is as if the person had declined it: neither given nor asked for.
  const isTimedOut = (name: string) => registered !== undefined && !registered.includes(name);
  const kept = (scopes: string[]) => scopes.filter((name) => !isTimedOut(name)).join(' ');
  const declined = [...row.declined, ...row.scopes.filter(isTimedOut)].join(' ');
  // What stands for claims that may be asked for by name, and that nobody is asked for.
  const refused = Object.keys(claimsOfScopes).filter((name) => row.declined.includes(name) || isTimedOut(name));
  const resources = new Map<string, string[]>();
  for (const [asked, scopes] of Object.entries(row.resources)) {
    const uri = catalogueUri(asked);
    resources.set(uri, [...(resources.get(uri) ?? []), ...scopes]);
  }
  const ofResources = (scopesOf: (scopes: string[]) => string) =>
    Object.fromEntries([...resources].map(([uri, scopes]) => [uri, scopesOf(scopes)]));
  return {
    jti: name,
    kind: 'Grant',
    accountId: row.userId,
    clientId: protocolId,
    openid: { scope: kept(row.scopes), claims: claimsOf(row.scopes.filter((name) => !isTimedOut(name))) },
    resources: ofResources(kept),
    rejected: { openid: { scope: declined, claims: claimsOf(refused) }, resources: ofResources(() => declined) },
    iat: Math.floor(row.createdAt.getTime() / 1000),
  };
}
