import { sql } from 'drizzle-orm';
import { check, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { moment } from './columns.ts';
import { users } from './user.ts';

/** The appearance of pages that a client requests: SlashID's `ui-configuration`. A client without a row requests none. */
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
    // The core accepts 32 KiB of text; PostgreSQL's form has more white space and escapes.
    check('client_appearances_size', sql`octet_length(${table.appearance}::text) <= 131072`),
  ],
);
