import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { createdAt, moment } from './columns.ts';

/** Requests of a client that were refused: the same mistake is one row. */
export const refusals = pgTable(
  'refusals',
  {
    /** What the page told the person; whoever owns the client finds the row by it. The same mistake has the same one. */
    reference: text('reference').primaryKey(),
    clientId: uuid('client_id')
      .notNull()
      .references(() => clients.clientId, { onDelete: 'cascade' }),
    /** At which endpoint, and why: `lib/refusals/reason.ts`. */
    endpoint: text('endpoint').notNull().default('authorize'),
    reason: text('reason').notNull().default('other'),
    error: text('error').notNull(),
    description: text('description').notNull(),
    /** What was sent, of the parameter that the reason is about. */
    asked: text('asked').notNull().default(''),
    /** Stands for all further ones of its endpoint and reason. */
    isRest: boolean('is_rest').notNull().default(false),
    /** As it was asked for, but without its query, which may hold what is nobody's business; empty where there was none. */
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
