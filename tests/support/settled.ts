import { setImmediate as nextTurn } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { db } from './database.ts';

/** Asks until it is so; not by the clock, which a test may have stopped. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await nextTurn();
}

const others = (which: SQL) =>
  db.execute(
    sql`select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and ${which}`,
  );

/** Until no statement is under way any more in this file's database, also none beside a request that is answered. */
export const untilSettled = () => until(async () => (await others(sql`state = 'active'`)).length === 0);

/** Until somebody waits there for a row that somebody else holds. */
export const untilOneWaits = () => until(async () => (await others(sql`wait_event_type = 'Lock'`)).length > 0);
