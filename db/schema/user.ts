import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';

export const users = pgTable(
  'users',
  {
    id: text('id').primaryKey(),
    email: text('email').notNull(),
    emailVerifiedAt: moment('email_verified_at'),
    name: text('name').notNull(),
    /** argon2id in PHC string format; null for a person who only signs in through an upstream provider. */
    passwordHash: text('password_hash'),
    isOperator: boolean('is_operator').notNull().default(false),
    disabledAt: moment('disabled_at'),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().default(sql`date_trunc('milliseconds', now())`),
  },
  (table) => [
    uniqueIndex('users_email_key').on(sql`lower(${table.email})`),
    check('users_id_form', sql`${table.id} ~ '^usr_[0-9A-Za-z]{16,}$'`),
    check('users_email_length', sql`char_length(${table.email}) between 3 and 254`),
    check('users_name_length', sql`char_length(${table.name}) between 1 and 256`),
  ],
);

/** A person's account at an upstream OpenID provider. */
export const identities = pgTable(
  'identities',
  {
    provider: text('provider').notNull(),
    subject: text('subject').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.subject] }),
    uniqueIndex('identities_user_key').on(table.userId, table.provider),
  ],
);

/** Single-use links sent by mail; only the hash of the token is stored. */
export const emailLinks = pgTable(
  'email_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    purpose: text('purpose').notNull(),
    /** The address that the link verifies. */
    email: text('email').notNull(),
    expiresAt: moment('expires_at').notNull(),
    consumedAt: moment('consumed_at'),
    createdAt: createdAt(),
  },
  (table) => [
    check('email_links_purpose', sql`${table.purpose} in ('reset_password', 'verify_email', 'change_email')`),
  ],
);

export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    userAgent: text('user_agent').notNull().default(''),
    network: text('network').notNull().default(''),
    createdAt: createdAt(),
    lastSeenAt: moment('last_seen_at').notNull().default(sql`date_trunc('milliseconds', now())`),
    /** 90 days after sign-in, regardless of use. */
    expiresAt: moment('expires_at').notNull(),
    endedAt: moment('ended_at'),
  },
  (table) => [
    index('sessions_user_live').on(table.userId, table.lastSeenAt).where(sql`${table.endedAt} is null`),
    index('sessions_user_network').on(table.userId, table.network),
  ],
);
