import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { createdAt, moment } from './columns.ts';
import { organizations } from './organization.ts';
import { users } from './user.ts';

/** What a dynamically registered client has besides: the credential for its own registration (RFC 7592), and how it came. */
export const registrations = pgTable(
  'registrations',
  {
    clientId: uuid('client_id')
      .primaryKey()
      .references(() => clients.clientId, { onDelete: 'cascade' }),
    /** HMAC-SHA-256 of the registration access token under the pepper, base64url. */
    hash: text('hash').notNull().unique(),
    pepperId: text('pepper_id').notNull(),
    /** Registered by nobody we know: with neither an API token nor an initial access token. */
    open: boolean('open').notNull(),
    /** As it was sent (RFC 7591 §3.2.1). */
    softwareStatement: text('software_statement'),
    createdAt: createdAt(),
  },
  (table) => [index('registrations_open').on(table.createdAt).where(sql`${table.open}`)],
);

/** Lets programs register clients in an organization, and nothing else (RFC 7591 §1.2). */
export const initialAccessTokens = pgTable(
  'initial_access_tokens',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    hash: text('hash').notNull().unique(),
    pepperId: text('pepper_id').notNull(),
    /** How many clients it may still register; null is any number. */
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
