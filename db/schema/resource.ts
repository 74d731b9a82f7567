import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { createdAt } from './columns.ts';

/** APIs for which access tokens are issued (RFC 8707), kept by the operator. */
export const resources = pgTable(
  'resources',
  {
    /** As clients write it in `resource` and as it stands in `aud`: compared character by character. */
    uri: text('uri').primaryKey(),
    name: text('name').notNull(),
    /** Names of the catalogue. */
    scopes: text('scopes').array().notNull(),
    accessTokenFormat: text('access_token_format').notNull().$type<'opaque' | 'jwt'>(),
    /** The longest that a token for it may live; null: as its client registered. */
    lifetimeSeconds: integer('lifetime_seconds'),
    /** The client as which the API itself asks about tokens (RFC 7662). */
    introspectedBy: uuid('introspected_by').references(() => clients.clientId, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (table) => [
    index('resources_introspected_by').on(table.introspectedBy).where(sql`${table.introspectedBy} is not null`),
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
