import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { users } from './user.ts';

export const organizations = pgTable(
  'organizations',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** The tenant number of DocSpace's API. */
    number: integer('number').notNull().unique().generatedAlwaysAsIdentity(),
    /** Trackle's org_id: 24 hexadecimal digits. */
    externalId: text('external_id').notNull().unique(),
    name: text('name').notNull(),
    parentId: uuid('parent_id').references((): AnyPgColumn => organizations.id, { onDelete: 'restrict' }),
    /** The user, if this is a personal organization. */
    personalOf: text('personal_of')
      .unique()
      .references(() => users.id, { onDelete: 'restrict' }),
    createdAt: createdAt(),
  },
  (table) => [
    index('organizations_parent').on(table.parentId),
    check('organizations_external_id_form', sql`${table.externalId} ~ '^[0-9a-f]{24}$'`),
    check('organizations_name_length', sql`char_length(${table.name}) between 1 and 256`),
    check('organizations_not_own_parent', sql`${table.parentId} <> ${table.id}`),
  ],
);

export const members = pgTable(
  'members',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role').notNull().$type<'owner' | 'admin' | 'developer' | 'viewer'>(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.userId] }),
    index('members_user').on(table.userId),
    check('members_role', sql`${table.role} in ('owner', 'admin', 'developer', 'viewer')`),
  ],
);

export const invitations = pgTable(
  'invitations',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    role: text('role').notNull().$type<'owner' | 'admin' | 'developer' | 'viewer'>(),
    tokenHash: text('token_hash').notNull().unique(),
    invitedBy: text('invited_by')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: moment('expires_at').notNull(),
    consumedAt: moment('consumed_at'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('invitations_open')
      .on(table.organizationId, sql`lower(${table.email})`)
      .where(sql`${table.consumedAt} is null`),
    check('invitations_role', sql`${table.role} in ('owner', 'admin', 'developer', 'viewer')`),
  ],
);

export const products = pgTable(
  'products',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique('products_slug_key').on(table.organizationId, table.slug),
    unique('products_in_organization').on(table.id, table.organizationId),
    // A slug of digits only would be ambiguous with an id.
    check(
      'products_slug_form',
      sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and ${table.slug} !~ '^[0-9]+$' and char_length(${table.slug}) <= 64`,
    ),
    check('products_name_length', sql`char_length(${table.name}) between 1 and 256`),
  ],
);
