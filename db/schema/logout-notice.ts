import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clients } from './client.ts';
import { createdAt, moment } from './columns.ts';
import { users } from './user.ts';

/** Pending logout notices to clients (OpenID Connect Back-Channel Logout): inserted when a person's session ends, deleted when delivered. */
export const logoutNotices = pgTable(
  'logout_notices',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    clientId: uuid('client_id')
      .notNull()
      .references(() => clients.clientId, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The `sid` of the session for that client. */
    sid: text('sid').notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAt: moment('next_at').notNull().default(sql`date_trunc('milliseconds', now())`),
    createdAt: createdAt(),
  },
  (table) => [
    index('logout_notices_next').on(table.nextAt),
    index('logout_notices_client').on(table.clientId),
    check('logout_notices_attempts', sql`${table.attempts} >= 0`),
  ],
);
