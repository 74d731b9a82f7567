import { sql } from 'drizzle-orm';
import { check, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { users } from './user.ts';

/** A person's subject for the clients of one sector (OpenID Connect Core §8.1): random, so that key rotation does not change it. */
export const pairwiseSubjects = pgTable(
  'pairwise_subjects',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The host of the sector. */
    sector: text('sector').notNull(),
    subject: text('subject').notNull().unique(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.sector] }),
    check('pairwise_subjects_form', sql`${table.subject} ~ '^usr_[0-9A-Za-z]{16,}$'`),
  ],
);
