import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client';
import { keepPairwiseSubject } from '#db/queries/accounts';

type Towards = {
  clientId: string;
  subjectType: string;
  sectorIdentifierUri: string | null;
  redirectUris: readonly string[];
};

/** What a client calls a person (OpenID Connect Core §8): by the account's id, or where it registered `pairwise`, by a name that only its sector knows. */
export async function subjectFor(db: Db, userId: string, client: Towards): Promise<string> {
  if (client.subjectType !== 'pairwise') return userId;
  const sector = new URL(client.sectorIdentifierUri ?? client.redirectUris[0] ?? `urn:${client.clientId}`);
  const fresh = `usr_${randomUUID().replaceAll('-', '')}`;
  return keepPairwiseSubject(db, { userId, sector: sector.host || sector.pathname }, fresh);
}
