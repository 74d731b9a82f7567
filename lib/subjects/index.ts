import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client';
import { ensurePairwiseSubject, selectPersonOfSubject } from '#db/queries/accounts';

type SubjectClient = {
  clientId: string;
  subjectType: string;
  sectorIdentifierUri: string | null;
  redirectUris: readonly string[];
};

/** The `sub` of a person for a client (OpenID Connect Core §8): the account's id, or for a `pairwise` client an id of the client's sector. */
export async function subjectFor(db: Db, userId: string, client: SubjectClient): Promise<string> {
  if (client.subjectType !== 'pairwise') return userId;
  const fresh = `usr_${randomUUID().replaceAll('-', '')}`;
  return ensurePairwiseSubject(db, { userId, sector: sectorOf(client) }, fresh);
}

/** Returns the account for a subject of a client; undefined for an unknown pairwise subject. */
export async function findPersonOfSubject(db: Db, subject: string, client: SubjectClient): Promise<string | undefined> {
  if (client.subjectType !== 'pairwise') return subject;
  return selectPersonOfSubject(db, { subject, sector: sectorOf(client) });
}

function sectorOf({ sectorIdentifierUri, redirectUris, clientId }: SubjectClient): string {
  const sector = new URL(sectorIdentifierUri ?? redirectUris[0] ?? `urn:${clientId}`);
  return sector.host || sector.pathname;
}
