import { sql } from 'drizzle-orm';
import { timestamp } from 'drizzle-orm/pg-core';

/** Precision in milliseconds, as in JavaScript dates, so that a cursor with a time never skips a row. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

export const createdAt = () => moment('created_at').notNull().default(sql`date_trunc('milliseconds', now())`);
