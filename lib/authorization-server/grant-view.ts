import { randomUUID } from 'node:crypto';
import type { Adapter, AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import { deleteArtifactsOf } from '#db/queries/artifacts';
import { selectGrantById, selectGrantOf } from '#db/queries/grants';
import { database } from '../database.ts';
import { isUuid } from '../uuid.ts';
import { exchange } from './exchange.ts';

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
      await deleteArtifactsOf(database(), { familyId: name });
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
  const row = await selectGrantOf(database(), { userId: account.accountId, clientId: client.clientId });
  return row && new oidc.provider.Grant(viewOf(row, `${row.id}.${randomUUID()}`));
}

/** The grant's id in oidc-provider's name for it, and the whole name, which is the family's. */
export function readGrantName(name: string | undefined): { grantId?: string; familyId?: string } {
  const grantId = name?.split('.', 1)[0];
  return grantId !== undefined && isUuid(grantId) ? { grantId, familyId: name as string } : {};
}

function viewOf(row: Row, name: string): AdapterPayload {
  exchange().grant = { id: row.id, usedAt: row.lastUsedAt };
  const declined = row.declined.join(' ');
  const ofResources = (scopesOf: (scopes: string[]) => string) =>
    Object.fromEntries(Object.entries(row.resources).map(([uri, scopes]) => [uri, scopesOf(scopes)]));
  return {
    jti: name,
    kind: 'Grant',
    accountId: row.userId,
    clientId: row.clientId,
    openid: { scope: row.scopes.join(' '), claims: row.claims },
    resources: ofResources((scopes) => scopes.join(' ')),
    rejected: { openid: { scope: declined }, resources: ofResources(() => declined) },
    iat: Math.floor(row.createdAt.getTime() / 1000),
  };
}
