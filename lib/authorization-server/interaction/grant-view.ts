import { randomUUID } from 'node:crypto';
import type { Adapter, AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import { endArtifacts } from '#db/queries/artifacts';
import { selectGrantById, selectGrantOf } from '#db/queries/grants';
import { database } from '#lib/kernel/database';
import { isUuid } from '#lib/kernel/values';
import { changesSince, mayHaveNewOwner, snapshotOf } from '#lib/metadata-documents/rules';
import { claimsOf, claimsOfScopes } from '../claims.ts';
import { clientOf } from '../clients/registered-client.ts';
import { currentRequest } from '../request-state.ts';
import { catalogueUri } from '../tokens/targets.ts';

type Row = NonNullable<Awaited<ReturnType<typeof selectGrantById>>>;

/**
 * The grants of people as oidc-provider's grants, read at each use. Each authorization has its own name for the grant, made of the grant's id
 * and the family: a replayed code or refresh token ends the tokens of its family only.
 */
export function grantsOfPeople(find: typeof findGrant): Adapter {
  const readOnly = async () => {
    throw new Error('grants are written when a person consents');
  };
  return {
    find,
    async destroy(name) {
      await endArtifacts(database(), { of: 'family', id: name });
    },
    upsert: readOnly,
    findByUid: readOnly,
    findByUserCode: readOnly,
    consume: readOnly,
    revokeByGrantId: readOnly,
  };
}

/** The grant of a code or refresh token; undefined if it was revoked, or if the client may be a different one now (rule C7). */
export async function findGrant(name: string): Promise<AdapterPayload | undefined> {
  const { grantId } = readGrantName(name);
  const row = grantId === undefined ? undefined : await selectGrantById(database(), grantId);
  return row && viewOf(row, name);
}

/** The person's grant to the client, under a name for a new authorization. */
export async function loadGrant({ oidc }: KoaContextWithOIDC) {
  const { account, client } = oidc;
  if (!account || !client) return undefined;
  const { clientId } = clientOf(client.clientId);
  const row = await selectGrantOf(database(), { userId: account.accountId, clientId });
  const view = row && viewOf(row, `${row.id}.${randomUUID()}`);
  return view && new oidc.provider.Grant(view);
}

/** Reads the grant's id from its name in oidc-provider. The whole name is the id of the family. */
export function readGrantName(name: string | undefined): { grantId?: string; familyId?: string } {
  const grantId = name?.split('.', 1)[0];
  return grantId !== undefined && isUuid(grantId) ? { grantId, familyId: name as string } : {};
}

function viewOf(row: Row, name: string): AdapterPayload | undefined {
  const current = currentRequest();
  const protocolId = row.client.metadataUrl ?? row.clientId;
  const now = snapshotOf(row.client);
  // Rule C7: the grant was given to a client that may belong to somebody else now.
  if (mayHaveNewOwner(row.snapshot, now)) return undefined;
  current.grant = { id: row.id, usedAt: row.lastUsedAt, hasChanged: changesSince(row.snapshot, now).length > 0 };
  const registered = current.clients.get(protocolId)?.scopes;
  // A scope that the client has given up counts as declined: it is neither issued nor asked for.
  const isGivenUp = (name: string) => registered !== undefined && !registered.includes(name);
  const kept = (scopes: string[]) => scopes.filter((name) => !isGivenUp(name)).join(' ');
  const declined = [...row.declined, ...row.scopes.filter(isGivenUp)].join(' ');
  // A request can name the claims of these scopes; they are not issued, and the person is not asked.
  const refused = Object.keys(claimsOfScopes).filter((name) => row.declined.includes(name) || isGivenUp(name));
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
    openid: { scope: kept(row.scopes), claims: claimsOf(row.scopes.filter((name) => !isGivenUp(name))) },
    resources: ofResources(kept),
    rejected: { openid: { scope: declined, claims: claimsOf(refused) }, resources: ofResources(() => declined) },
    iat: Math.floor(row.createdAt.getTime() / 1000),
  };
}
