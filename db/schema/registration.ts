import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { createdAt, moment } from './columns.ts';
import { organizations } from './organization.ts';
import { users } from './user.ts';

/** The extra data of a dynamically registered client: the hash of its registration access token (RFC 7592), and how it registered. */
export const registrations = pgTable(
  'registrations',
  {
    clientId: uuid('client_id')
      .primaryKey()
      .references(() => clients.clientId, { onDelete: 'cascade' }),
    /** HMAC-SHA-256 of the registration access token under the pepper, base64url. */
    hash: text('hash').notNull().unique(),
    pepperId: text('pepper_id').notNull(),
    /** Registered without an API token, an access token or an initial access token. */
    open: boolean('open').notNull(),
    /** The software statement as sent (RFC 7591 §3.2.1). */
    softwareStatement: text('software_statement'),
    createdAt: createdAt(),
  },
  (table) => [index('registrations_open').on(table.createdAt).where(sql`${table.open}`)],
);

/** Initial access tokens: they only permit registering clients in an organization (RFC 7591 §1.2). */
export const initialAccessTokens = pgTable(
  'initial_access_tokens',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    hash: text('hash').notNull().unique(),
    pepperId: text('pepper_id').notNull(),
    /** The number of clients that it may still register; null: unlimited. */
    usesLeft: integer('uses_left'),
    createdBy: text('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    index('initial_access_tokens_organization').on(table.organizationId),
    check('initial_access_tokens_uses', sql`${table.usesLeft} >= 0`),
  ],
);
