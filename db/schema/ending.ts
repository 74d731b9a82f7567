import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/**
 * What has ended: from the commit of its row on, no lookup finds the artifacts that it names. They are deleted afterwards, in steps, and the row
 * last. A process that stops in between leaves the row to the next sweep.
 */
export const endings = pgTable(
  'endings',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** `client:`, `grant:`, `family:`, `user:`, `session:` or `secret:` and its id. No foreign key: the ending outlives what ended. */
    subject: text('subject').notNull(),
    /** Only what was given until then; null: everything. */
    until: moment('until'),
    /** Only artifacts of these kinds; null: of all. */
    kinds: text('kinds').array(),
    /** Only artifacts that carry one of these scopes; null: all. */
    scopes: text('scopes').array(),
  },
  (table) => [index('endings_subject').on(table.subject)],
);
