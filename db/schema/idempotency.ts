import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { apiTokens } from './token.ts';

/** The stored answers of requests with an Idempotency-Key, for repeated requests. */
export const keyedRequests = pgTable(
  'keyed_requests',
  {
    /** A hash of the key and its owner. */
    id: text('id').primaryKey(),
    /** Null for an access token, which is not a row of `api_tokens`. */
    tokenId: uuid('token_id').references(() => apiTokens.id, { onDelete: 'cascade' }),
    /** The id of the attempt that holds the key. */
    attemptId: uuid('attempt_id').notNull(),
    /** SHA-256 of the request: the same key cannot be used for another request. */
    fingerprint: text('fingerprint').notNull(),
    /** Null while the request runs, and after an answer with a secret was deleted. */
    sealed: text('sealed'),
    sealingKeyId: text('sealing_key_id'),
    holdsSecret: boolean('holds_secret').notNull().default(false),
    answeredAt: moment('answered_at'),
    /** While the request runs: when the attempt loses the key. Afterwards: when the answer is deleted. */
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
