import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client';
import { ensurePairwiseSubject, selectPersonOfSubject } from '#db/queries/accounts';

type Towards = {
  clientId: string;
  subjectType: string;
  sectorIdentifierUri: string | null;
  redirectUris: readonly string[];
};

/** What a client calls a person (OpenID Connect Core §8): by the account's id, or where it registered `pairwise`, by a name that only its sector knows. */
export async function subjectFor(db: Db, userId: string, client: Towards): Promise<string> {
  if (client.subjectType !== 'pairwise') return userId;
  const fresh = `usr_${randomUUID().replaceAll('-', '')}`;
  return ensurePairwiseSubject(db, { userId, sector: sectorOf(client) }, fresh);
}

/** Returns the account for a subject of a client; undefined for an unknown pairwise subject. */
export async function findPersonOfSubject(db: Db, subject: string, client: Towards): Promise<string | undefined> {
  if (client.subjectType !== 'pairwise') return subject;
  return selectPersonOfSubject(db, { subject, sector: sectorOf(client) });
}

function sectorOf({ sectorIdentifierUri, redirectUris, clientId }: Towards): string {
  const sector = new URL(sectorIdentifierUri ?? redirectUris[0] ?? `urn:${clientId}`);
  return sector.host || sector.pathname;
}
