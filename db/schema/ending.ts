import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/**
 * Ended access: after a row is committed, no lookup finds the artifacts that it names. They are deleted afterwards in steps, and the row last.
 * If the process stops in between, the next sweep continues.
 */
export const endings = pgTable(
  'endings',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** `client:`, `grant:`, `family:`, `user:`, `session:` or `secret:`, followed by the id. No foreign key: the ending outlives its target. */
    subject: text('subject').notNull(),
    /** Only artifacts issued until this time; null: all. */
    until: moment('until'),
    /** Only artifacts of these kinds; null: all kinds. */
    kinds: text('kinds').array(),
    /** Only artifacts with at least one of these scopes; null: all. */
    scopes: text('scopes').array(),
  },
  (table) => [index('endings_subject').on(table.subject)],
);
