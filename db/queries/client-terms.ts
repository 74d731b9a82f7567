import { and, eq } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { type ClientName, clientNamed } from './client-credentials.ts';
import { isSelfRegistered } from './clients.ts';
import { people } from './grants.ts';

/** The client's data that consent depends on and that is not public. */
export async function selectConsentTerms(db: Db, id: ClientName) {
  const [row] = await db
    .select({
      clientId: clients.clientId,
      organizationId: clients.organizationId,
      metadataUrl: clients.metadataUrl,
      selfRegistered: isSelfRegistered,
      grantTypes: clients.grantTypes,
      scopes: clients.scopes,
      optionalScopes: clients.optionalScopes,
      people,
    })
    .from(clients)
    .where(clientNamed(id));
  return row;
}

/** The post-logout redirect URIs of an active client. */
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
