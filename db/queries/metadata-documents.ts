import { eq, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { metadataDocuments } from '../schema/metadata-document.ts';

/** The client of a metadata document's URL, and when the document was fetched. */
export async function selectMetadataDocument(db: Db, url: string) {
  const [row] = await db
    .select({
      clientId: clients.clientId,
      organizationId: clients.organizationId,
      status: clients.status,
      readAt: metadataDocuments.readAt,
      freshUntil: metadataDocuments.freshUntil,
    })
    .from(clients)
    .innerJoin(metadataDocuments, eq(metadataDocuments.clientId, clients.clientId))
    .where(eq(clients.metadataUrl, url));
  return row;
}

type Read = typeof metadataDocuments.$inferInsert;

export async function upsertMetadataDocument(db: Db, { clientId, ...read }: Read): Promise<void> {
  await db
    .insert(metadataDocuments)
    .values({ clientId, ...read })
    .onConflictDoUpdate({ target: metadataDocuments.clientId, set: read });
}

/** Serializes the first registration of this URL until the transaction ends. */
export async function lockMetadataUrl(db: Db, url: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`metadata document ${url}`}, 0))`);
}
