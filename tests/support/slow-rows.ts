import { sql } from 'drizzle-orm';
import type { Db } from '#db/client';

/** From now on the deletion or change of each row of these tables in this file's database takes that long, as on a slow disk. */
export async function slowRows(
  db: Db,
  { ms, deleted = [], changed = [] }: { ms: number; deleted?: readonly string[]; changed?: readonly string[] },
): Promise<void> {
  await db.execute(sql`
    create or replace function slow_row() returns trigger language plpgsql as $$ begin
      perform pg_sleep(${sql.raw(String(ms / 1000))});
      return case tg_op when 'DELETE' then old else new end;
    end $$`);
  const slow = (table: string, event: 'delete' | 'update') =>
    db.execute(sql`
      create trigger ${sql.identifier(`slow_${event}`)} before ${sql.raw(event)} on ${sql.identifier(table)}
      for each row execute function slow_row()`);
  for (const table of deleted) await slow(table, 'delete');
  for (const table of changed) await slow(table, 'update');
}
