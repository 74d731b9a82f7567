import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { moment } from './columns.ts';

/** Logos that are still to be fetched: written with the client that names the address, gone when fetched or given up. */
export const logoFetches = pgTable(
  'logo_fetches',
  {
    clientId: uuid('client_id')
      .primaryKey()
      .references(() => clients.clientId, { onDelete: 'cascade' }),
    /** What the client named then: a result for another address than it names now is no result. */
    logoUri: text('logo_uri').notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAt: moment('next_at').notNull().default(sql`date_trunc('milliseconds', now())`),
  },
  (table) => [index('logo_fetches_next').on(table.nextAt), check('logo_fetches_attempts', sql`${table.attempts} >= 0`)],
);
