import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { moment } from './columns.ts';

/** What was last read at a client's `jwks_uri`: every process knows it, and a client's host is asked rarely. */
export const clientKeySets = pgTable('client_key_sets', {
  clientId: uuid('client_id')
    .primaryKey()
    .references(() => clients.clientId, { onDelete: 'cascade' }),
  /** Where it was read; a client that names another address since has no keys until that is read. */
  jwksUri: text('jwks_uri').notNull(),
  keys: jsonb('keys').notNull().$type<Record<string, unknown>[]>(),
  readAt: moment('read_at').notNull(),
});
