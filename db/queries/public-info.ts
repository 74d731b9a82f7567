import { getViewSelectedFields, inArray } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { publicClients } from '../schema/public-client.ts';

export function selectPublicClients(db: Db, clientIds: readonly string[]) {
  return db
    .select(getViewSelectedFields(publicClients))
    .from(publicClients)
    .where(inArray(publicClients.clientId, [...clientIds]));
}
