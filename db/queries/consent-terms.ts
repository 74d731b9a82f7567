import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { grants } from '../schema/grant.ts';
import { type ClientName, clientNamed } from './client-credentials.ts';

/** How many people have to have allowed an app before it is no stranger here (rule C6). */
const knownFrom = 100;

/** What a consent depends on and no public page shows. */
export async function selectConsentTerms(db: Db, id: ClientName) {
  const [row] = await db
    .select({
      clientId: clients.clientId,
      organizationId: clients.organizationId,
      scopes: clients.scopes,
      optionalScopes: clients.optionalScopes,
      isKnown: sql<boolean>`(select count(*) from (
        select 1 from ${grants} as g where g.client_id = "clients"."client_id" limit ${knownFrom}) as few) = ${knownFrom}`,
    })
    .from(clients)
    .where(clientNamed(id));
  return row;
}
