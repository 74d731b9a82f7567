import { setImmediate as nextTurn } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { db } from './database.ts';

/** Waits until the condition is true. It does not use the clock, which a test may have stopped. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await nextTurn();
}

const others = (which: SQL) =>
  db.execute(
    sql`select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and ${which}`,
  );

/** Waits until no statement runs in this file's database, also no background work of answered requests. */
export const untilSettled = () => until(async () => (await others(sql`state = 'active'`)).length === 0);

/** Waits until a transaction waits for a locked row. */
export const untilOneWaits = () => until(async () => (await others(sql`wait_event_type = 'Lock'`)).length > 0);
