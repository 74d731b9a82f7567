import { eq } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';

/** What a consent depends on and no public page shows. */
export async function selectConsentTerms(db: Db, clientId: string) {
  const [row] = await db
    .select({ organizationId: clients.organizationId, scopes: clients.scopes, optionalScopes: clients.optionalScopes })
    .from(clients)
    .where(eq(clients.clientId, clientId));
  return row;
}
