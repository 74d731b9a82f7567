import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { sessions, users } from './user.ts';

/**
 * Everything that the authorization server gives out and must know again: codes, tokens, sessions, requests. None is stored as
 * what it is, but as its hash; what is of a client, a grant, a secret or a user ends with one indexed statement.
 */
export const artifacts = pgTable(
  'artifacts',
  {
    /** HMAC-SHA-256 of its value under the pepper, base64url. */
    hash: text('hash').primaryKey(),
    kind: text('kind').notNull(),
    // No foreign keys: a client, a grant and a secret are deleted at once, and their artifacts afterwards, in steps (`endings`).
    clientId: uuid('client_id'),
    userId: text('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** The person's grant under which it was given. */
    grantId: uuid('grant_id'),
    /** All that came of one authorization has one: a replay of a part of it ends the rest. */
    familyId: text('family_id'),
    /** The sign-in with which it ends. */
    sessionId: uuid('session_id').references(() => sessions.id, { onDelete: 'cascade' }),
    /** The secret that the client showed for it. */
    secretId: uuid('secret_id'),
    /** The hash of its other name: the uid of a session or an interaction, a device's user code. */
    otherHash: text('other_hash'),
    payload: jsonb('payload').notNull().$type<Record<string, unknown>>(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at'),
    consumedAt: moment('consumed_at'),
  },
  (table) => [
    index('artifacts_client').on(table.clientId).where(sql`${table.clientId} is not null`),
    index('artifacts_user').on(table.userId).where(sql`${table.userId} is not null`),
    index('artifacts_grant').on(table.grantId).where(sql`${table.grantId} is not null`),
    index('artifacts_family').on(table.familyId).where(sql`${table.familyId} is not null`),
    index('artifacts_session').on(table.sessionId).where(sql`${table.sessionId} is not null`),
    index('artifacts_secret').on(table.secretId).where(sql`${table.secretId} is not null`),
    uniqueIndex('artifacts_other').on(table.kind, table.otherHash).where(sql`${table.otherHash} is not null`),
    index('artifacts_expires').on(table.expiresAt),
  ],
);
