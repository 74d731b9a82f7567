import { sql } from 'drizzle-orm';
import { rowsPerStatementMax } from '#db/queries/in-steps';
import { db } from './database.ts';

/** From now on a statement of this file's database fails if it deletes or changes more rows of these tables than one step has. */
export async function refuseMuch({
  deleted,
  changed = [],
}: {
  deleted: readonly string[];
  changed?: readonly string[];
}) {
  await db.execute(sql`
    create function refuse_much() returns trigger language plpgsql as $$ begin
      if (select count(*) from gone) > ${sql.raw(String(rowsPerStatementMax))} then raise 'too much in one statement'; end if;
      return null;
    end $$`);
  const watch = (table: string, event: 'delete' | 'update') =>
    db.execute(sql`
      create trigger ${sql.identifier(`refuse_much_${event}`)} after ${sql.raw(event)} on ${sql.identifier(table)}
      referencing old table as gone for each statement execute function refuse_much()`);
  for (const table of deleted) await watch(table, 'delete');
  for (const table of changed) await watch(table, 'update');
}
