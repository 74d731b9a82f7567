import type { Db } from '#db/client';
import { pendingMigrations } from '#db/migrate';
import { selectServerVersion } from '#db/queries/server';
import { type Finding, ill, messageOf, well } from './finding.ts';

const oldestVersion = 15;

/** Asks the database who it is. `place` says in words where it is. */
export async function checkDatabase(db: Db, place: string): Promise<Finding> {
  try {
    const { number, text } = await selectServerVersion(db);
    if (number >= oldestVersion * 10_000) return well('database', `PostgreSQL ${text}, ${place}`);
    return ill('database', `PostgreSQL ${text} is too old.`, `Use PostgreSQL ${oldestVersion} or newer.`);
  } catch (error) {
    const todo = 'Check that it runs, and that DATABASE_URL names its host, port, user, password and database.';
    return ill('database', `No answer, ${place}: ${messageOf(error)}`, todo);
  }
}

/** Looks for migrations that the database lacks. */
export async function checkMigrations(db: Db): Promise<Finding> {
  try {
    const pending = await pendingMigrations(db);
    if (pending.length === 0) return well('migrations', 'all applied');
    const todo = 'npm run -s clientele -- migrate (or start the server, which does the same)';
    return ill('migrations', `Not applied: ${pending.join(', ')}.`, todo);
  } catch (error) {
    return ill('migrations', messageOf(error), 'The role in DATABASE_URL must be able to read the schema drizzle.');
  }
}
