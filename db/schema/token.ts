import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { organizations } from './organization.ts';
import { users } from './user.ts';

export const apiTokens = pgTable(
  'api_tokens',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** HMAC-SHA-256 with the pepper, base64url. */
    hash: text('hash').notNull().unique(),
    pepperId: text('pepper_id').notNull(),
    lastFour: text('last_four').notNull(),
    scopes: text('scopes').array().notNull(),
    /** The key of the form submission, so that a form sent twice creates one token. */
    submissionId: uuid('submission_id').unique(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at'),
    lastUsedAt: moment('last_used_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    index('api_tokens_user').on(table.userId, table.organizationId),
    index('api_tokens_organization').on(table.organizationId),
    check('api_tokens_name_length', sql`char_length(${table.name}) between 1 and 256`),
    check('api_tokens_scopes_some', sql`cardinality(${table.scopes}) > 0`),
  ],
);

/** A token that waits for the page that shows it once: sealed, kept for minutes, deleted by the read. */
export const tokenReveals = pgTable('token_reveals', {
  id: uuid('id').primaryKey(),
  tokenId: uuid('token_id')
    .notNull()
    .unique()
    .references(() => apiTokens.id, { onDelete: 'cascade' }),
  userId: text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  sealed: text('sealed').notNull(),
  sealingKeyId: text('sealing_key_id').notNull(),
  expiresAt: moment('expires_at').notNull(),
  createdAt: createdAt(),
});
