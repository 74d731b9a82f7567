import { sql } from 'drizzle-orm';
import { timestamp } from 'drizzle-orm/pg-core';

/** To the millisecond, so that a time read and sent back as a cursor never skips a row. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

export const createdAt = () => moment('created_at').notNull().default(sql`date_trunc('milliseconds', now())`);
