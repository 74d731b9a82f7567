import { and, eq } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { type ClientName, clientNamed } from './client-credentials.ts';

/** Where an active client may have people led who have signed out. */
export async function selectLogoutTerms(db: Db, id: ClientName) {
  const [row] = await db
    .select({
      clientId: clients.clientId,
      applicationType: clients.applicationType,
      postLogoutRedirectUris: clients.postLogoutRedirectUris,
    })
    .from(clients)
    .where(and(clientNamed(id), eq(clients.status, 'active')));
  return row;
}
