import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { moment } from './columns.ts';

/** The last key set fetched from a client's `jwks_uri`, shared by all processes so that the client's host gets few requests. */
export const clientKeySets = pgTable('client_key_sets', {
  clientId: uuid('client_id')
    .primaryKey()
    .references(() => clients.clientId, { onDelete: 'cascade' }),
  /** The URL that it was fetched from. If the client changes its `jwks_uri`, it has no keys until the new URL is fetched. */
  jwksUri: text('jwks_uri').notNull(),
  keys: jsonb('keys').notNull().$type<Record<string, unknown>[]>(),
  readAt: moment('read_at').notNull(),
});
