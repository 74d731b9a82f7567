import type { Db } from '#db/client';
import { selectPublicClients } from '#db/queries/public-info';
import { isUuid } from '../uuid.ts';
import type { PublicClient } from './public-client.ts';

/** The public side of a client, for anyone; undefined for an unknown id and for what is no client id at all. */
export async function findPublicClient(db: Db, clientId: string): Promise<PublicClient | undefined> {
  const [client] = await findPublicClients(db, [clientId]);
  return client;
}

/** As `findPublicClient` for many, in the order asked, each once; unknown ids are skipped. */
export async function findPublicClients(db: Db, clientIds: readonly string[]): Promise<PublicClient[]> {
  const wanted = [...new Set(clientIds.filter((id) => isUuid(id)).map((id) => id.toLowerCase()))];
  if (wanted.length === 0) return [];
  const rows = await selectPublicClients(db, wanted);
  const found = new Map(rows.map((row): [string, PublicClient] => [row.clientId, row]));
  return wanted.flatMap((id) => found.get(id) ?? []);
}
