import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { createdAt } from './columns.ts';

/** APIs that access tokens are issued for (RFC 8707), managed by the operator. */
export const resources = pgTable(
  'resources',
  {
    /** The `aud` of its tokens. Clients may send an equivalent URI as `resource`. */
    uri: text('uri').primaryKey(),
    name: text('name').notNull(),
    /** Scope names of the catalogue. */
    scopes: text('scopes').array().notNull(),
    accessTokenFormat: text('access_token_format').notNull().$type<'opaque' | 'jwt'>(),
    /** The maximum lifetime of a token for it; null: the client's registered lifetime. */
    lifetimeSeconds: integer('lifetime_seconds'),
    /** The default resource for a scope that several resources offer. */
    isDefault: boolean('is_default').notNull().default(false),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('resources_default').on(table.isDefault).where(sql`${table.isDefault}`),
    index('resources_spelling').on(sql`lower(${table.uri})`),
    // RFC 8707 §2
    check(
      'resources_uri_form',
      sql`${table.uri} ~ '^[A-Za-z][A-Za-z0-9+.-]*:[!"$-~]+$' and char_length(${table.uri}) <= 2048`,
    ),
    check('resources_name_length', sql`char_length(${table.name}) between 1 and 256`),
    check('resources_format', sql`${table.accessTokenFormat} in ('opaque', 'jwt')`),
    check(
      'resources_lifetime',
      sql`(${table.accessTokenFormat} = 'opaque' and coalesce(${table.lifetimeSeconds}, 1) > 0) or coalesce(${table.lifetimeSeconds}, 0) between 1 and 300`,
    ),
  ],
);

/** The clients that an API uses for introspection (RFC 7662). */
export const resourceIntrospectors = pgTable(
  'resource_introspectors',
  {
    resourceUri: text('resource_uri')
      .notNull()
      .references(() => resources.uri, { onDelete: 'cascade' }),
    clientId: uuid('client_id')
      .notNull()
      .references(() => clients.clientId, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.resourceUri, table.clientId] }),
    index('resource_introspectors_client').on(table.clientId),
  ],
);
