import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { connect, type Db, wrap } from './client.ts';

const migrationsFolder = new URL('../drizzle', import.meta.url).pathname;
const lockId = 4_827_311;

/** Applies what drizzle/ holds beyond the database's state; processes that start together take turns. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = connect(url, { max: 1, statementTimeoutMs: 0 });
  const db = wrap(client);
  try {
    await db.execute(sql`select pg_advisory_lock(${lockId})`);
    await migrate(db, { migrationsFolder: decodeURIComponent(migrationsFolder) });
  } finally {
    await client.end();
  }
}

/** How many migrations the database still lacks. */
export async function countPendingMigrations(db: Db): Promise<number> {
  const all = readMigrationFiles({ migrationsFolder: decodeURIComponent(migrationsFolder) });
  const [table] = await db.execute<{ found: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as found`,
  );
  if (!table?.found) return all.length;
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  );
  return Math.max(0, all.length - (row?.count ?? 0));
}
