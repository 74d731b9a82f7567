import { type SQL, sql } from 'drizzle-orm';
import type { Db } from './client.ts';

/** Lets a role that owns nothing work with the tables: it reads and writes rows, and of the history it only adds to the end. */
export async function grantTo(db: Db, role: string): Promise<void> {
  const to = sql.identifier(role);
  const grants: SQL[] = [
    sql`grant usage on schema public, drizzle to ${to}`,
    sql`grant select, insert, update, delete on all tables in schema public to ${to}`,
    sql`grant usage, select on all sequences in schema public to ${to}`,
    sql`grant select on all tables in schema drizzle to ${to}`,
    sql`revoke update, delete, truncate on audit_events from ${to}`,
  ];
  await db.transaction(async (tx) => {
    for (const grant of grants) await tx.execute(grant);
  });
}
