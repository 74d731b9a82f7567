import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { createdAt, moment } from './columns.ts';

/** Refused requests of a client; repeated mistakes are one row. */
export const refusals = pgTable(
  'refusals',
  {
    /** The reference on the person's error page; the client's managers find the row by it. The same mistake has the same reference. */
    reference: text('reference').primaryKey(),
    clientId: uuid('client_id')
      .notNull()
      .references(() => clients.clientId, { onDelete: 'cascade' }),
    /** The endpoint and the reason: `lib/refusals/reason.ts`. */
    endpoint: text('endpoint').notNull().default('authorize'),
    reason: text('reason').notNull().default('other'),
    error: text('error').notNull(),
    description: text('description').notNull(),
    /** The value sent for the wrong parameter. */
    asked: text('asked').notNull().default(''),
    /** The row for all further refusals of its endpoint and reason. */
    isRest: boolean('is_rest').notNull().default(false),
    /** The requested redirect URI without its query, which may contain private data; empty if there was none. */
    redirectUri: text('redirect_uri').notNull(),
    hadQuery: boolean('had_query').notNull(),
    times: integer('times').notNull().default(1),
    createdAt: createdAt(),
    lastAt: moment('last_at').notNull().default(sql`date_trunc('milliseconds', now())`),
  },
  (table) => [
    index('refusals_client').on(table.clientId, table.lastAt),
    index('refusals_last').on(table.lastAt),
    check('refusals_times', sql`${table.times} > 0`),
    check('refusals_asked_length', sql`char_length(${table.asked}) <= 200`),
    check('refusals_redirect_uri_length', sql`char_length(${table.redirectUri}) <= 2048`),
  ],
);
