import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { organizations } from './organization.ts';
import { users } from './user.ts';

/** Domains of which it was proved whose they are; each is one organization's. */
export const domains = pgTable(
  'domains',
  {
    /** In ASCII (punycode) and lower case, without a dot at its end. */
    domain: text('domain').primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** How it was proved: the operator says so. */
    method: text('method').notNull().$type<'operator'>(),
    /** Who proved it, null for the command line and for who is gone. */
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
