import { sql } from 'drizzle-orm';
import { check, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { moment } from './columns.ts';
import { users } from './user.ts';

/** How a client wants the pages to look on which people meet it; SlashID's `ui-configuration`. A client without a row has no wishes. */
export const clientAppearances = pgTable(
  'client_appearances',
  {
    clientId: uuid('client_id')
      .primaryKey()
      .references(() => clients.clientId, { onDelete: 'cascade' }),
    appearance: jsonb('appearance').notNull().$type<Record<string, unknown>>(),
    updatedBy: text('updated_by').references(() => users.id, { onDelete: 'set null' }),
    updatedAt: moment('updated_at').notNull().default(sql`date_trunc('milliseconds', now())`),
  },
  (table) => [
    check('client_appearances_is_object', sql`jsonb_typeof(${table.appearance}) = 'object'`),
    // The core takes 32 KiB of text; PostgreSQL writes it with some more white space and escapes.
    check('client_appearances_size', sql`octet_length(${table.appearance}::text) <= 131072`),
  ],
);
