import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { connect, type Db } from './client.ts';

const folder = join(import.meta.dirname, '..', 'drizzle');
/** An arbitrary number, the same in every version: concurrent migrations wait for each other. */
const lock = 7_204_106;

/**
 * Runs every missing migration, in one transaction. If several processes start at once, one migrates and the others
 * wait. If the application connects as another role (`appUrl`), that role gets only the privileges that it needs.
 */
export async function migrateDatabase(url: string, appUrl = url): Promise<void> {
  const connection = connect(url, { max: 1, statementTimeoutMs: 0 });
  try {
    await connection`select pg_advisory_lock(${lock})`;
    const db = drizzle({ client: connection });
    await migrate(db, { migrationsFolder: folder });
    const role = decodeURIComponent(new URL(appUrl).username);
    if (role && role !== decodeURIComponent(new URL(url).username)) await grantTo(db, role);
  } finally {
    await connection.end({ timeout: 2 });
  }
}

type Journal = { entries: { tag: string; when: number }[] };

/** Names of the migrations that this database lacks; all of them when it is empty. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const { entries } = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as Journal;
  const [table] = await db.execute<{ name: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  );
  if (!table?.name) return entries.map(({ tag }) => tag);
  const [row] = await db.execute<{ last: string | null }>(
    sql`select max(created_at)::text as last from drizzle.__drizzle_migrations`,
  );
  return entries.filter(({ when }) => when > Number(row?.last ?? 0)).map(({ tag }) => tag);
}

/** Grants a role that owns no tables reading and writing of rows; the audit history is append-only for it. */
async function grantTo(db: Db, role: string): Promise<void> {
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
