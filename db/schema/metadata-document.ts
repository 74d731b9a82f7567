import { index, pgTable, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { moment } from './columns.ts';

/** When a client's metadata document was fetched, and until when it is fresh (rule C5). */
export const metadataDocuments = pgTable(
  'metadata_documents',
  {
    clientId: uuid('client_id')
      .primaryKey()
      .references(() => clients.clientId, { onDelete: 'cascade' }),
    readAt: moment('read_at').notNull(),
    freshUntil: moment('fresh_until').notNull(),
  },
  (table) => [index('metadata_documents_read').on(table.readAt)],
);
