import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { apiTokens } from './token.ts';

/** What a keyed request (Idempotency-Key) was answered, for whoever sends it again. */
export const keyedRequests = pgTable(
  'keyed_requests',
  {
    /** A hash of the key and of whose it is. */
    id: text('id').primaryKey(),
    /** Null for an access token, which is no row of its own. */
    tokenId: uuid('token_id').references(() => apiTokens.id, { onDelete: 'cascade' }),
    /** The attempt that holds the key. */
    attemptId: uuid('attempt_id').notNull(),
    /** SHA-256 of what was asked: the same key may not ask for something else. */
    fingerprint: text('fingerprint').notNull(),
    /** Null while the request is under way, and again when an answer that held a secret was thrown away. */
    sealed: text('sealed'),
    sealingKeyId: text('sealing_key_id'),
    holdsSecret: boolean('holds_secret').notNull().default(false),
    answeredAt: moment('answered_at'),
    /** Until when an attempt under way holds the key; then until when the answer is remembered. */
    expiresAt: moment('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index('keyed_requests_expires').on(table.expiresAt),
    index('keyed_requests_token').on(table.tokenId),
    index('keyed_requests_secret')
      .on(table.answeredAt)
      .where(sql`${table.holdsSecret} and ${table.sealed} is not null`),
    check('keyed_requests_sealed_with_key', sql`(${table.sealed} is null) = (${table.sealingKeyId} is null)`),
  ],
);
