import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { sessions, users } from './user.ts';

/**
 * Everything that the authorization server issues and must recognize: codes, tokens, sessions, requests. Values are stored as
 * hashes. The artifacts of a client, a grant, a secret or a user end with one indexed statement.
 */
export const artifacts = pgTable(
  'artifacts',
  {
    /** HMAC-SHA-256 of its value with the pepper, base64url. */
    hash: text('hash').primaryKey(),
    kind: text('kind').notNull(),
    // No foreign keys: deleting a client, a grant or a secret is one statement, and their artifacts are deleted afterwards in steps (`endings`).
    clientId: uuid('client_id'),
    userId: text('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** The person's grant under which it was issued. */
    grantId: uuid('grant_id'),
    /** The family: all artifacts of one authorization. A replay of one of them ends the family. */
    familyId: text('family_id'),
    /** The portal session; the artifact ends with it. */
    sessionId: uuid('session_id').references(() => sessions.id, { onDelete: 'cascade' }),
    /** The secret that the client authenticated with. */
    secretId: uuid('secret_id'),
    /** The hash of its second key: the uid of a session or an interaction, or a device's user code. */
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
