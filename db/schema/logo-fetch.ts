import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { moment } from './columns.ts';

/** Pending logo fetches: inserted with the client's `logo_uri`, deleted after success or the last try. */
export const logoFetches = pgTable(
  'logo_fetches',
  {
    clientId: uuid('client_id')
      .primaryKey()
      .references(() => clients.clientId, { onDelete: 'cascade' }),
    /** The client's `logo_uri` at that time. A result is ignored if the client has another URL by then. */
    logoUri: text('logo_uri').notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAt: moment('next_at').notNull().default(sql`date_trunc('milliseconds', now())`),
  },
  (table) => [index('logo_fetches_next').on(table.nextAt), check('logo_fetches_attempts', sql`${table.attempts} >= 0`)],
);
