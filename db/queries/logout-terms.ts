import { and, eq } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';

/** Where an active client may have people led who have signed out. */
export async function selectLogoutTerms(db: Db, clientId: string) {
  const [row] = await db
    .select({ clientId: clients.clientId, postLogoutRedirectUris: clients.postLogoutRedirectUris })
    .from(clients)
    .where(and(eq(clients.clientId, clientId), eq(clients.status, 'active')));
  return row;
}
