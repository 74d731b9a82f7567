import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { organizations } from './organization.ts';
import { users } from './user.ts';

/** Verified domains; each belongs to one organization. */
export const domains = pgTable(
  'domains',
  {
    /** ASCII (punycode), lower case, without a trailing dot. */
    domain: text('domain').primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** The method of verification: the operator's word. */
    method: text('method').notNull().$type<'operator'>(),
    /** The person who verified it; null for the command line and for a deleted person. */
    verifiedBy: text('verified_by').references(() => users.id, { onDelete: 'set null' }),
    verifiedAt: moment('verified_at').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index('domains_organization').on(table.organizationId),
    check(
      'domains_form',
      sql`${table.domain} ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z0-9-]{2,63}$' and char_length(${table.domain}) <= 253`,
    ),
    check('domains_method', sql`${table.method} in ('operator')`),
  ],
);
