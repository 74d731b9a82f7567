import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Db } from '#db/client';
import { pendingMigrations } from '#db/migrate';
import { selectKeyIds, selectServerVersion } from '#db/queries/server';
import { type Env, readEnv } from '#lib/kernel/env';
import { hasKeys, keysFolder, openKeys } from '#lib/kernel/keys';

/** The result of one check; `todo` tells the operator how to correct it. */
export type Finding = { check: string; ok: boolean; message: string; todo?: string };

export const healthy = (check: string, message: string): Finding => ({ check, ok: true, message });
export const unhealthy = (check: string, message: string, todo: string): Finding => ({
  check,
  ok: false,
  message,
  todo,
});

export const messageOf = (error: unknown): string => {
  for (let at = error; at instanceof Error; at = at.cause)
    if (!(at.cause instanceof Error)) return at.message || at.name;
  return String(error);
};

/** Reads the configuration and checks the data folder. Without a valid configuration, no other check is possible. */
export function checkConfiguration(source: Record<string, string | undefined>): {
  findings: Finding[];
  configuration?: Env;
} {
  try {
    const configuration = readEnv(source);
    const { appUrl, dataFolder } = configuration;
    return { configuration, findings: [healthy('configuration', `served at ${appUrl}`), checkFolder(dataFolder)] };
  } catch (error) {
    const todo = 'Correct these environment variables; docs/configuration.md describes each.';
    return { findings: [unhealthy('configuration', messageOf(error), todo)] };
  }
}

function checkFolder(folder: string): Finding {
  const exists = existsSync(folder);
  try {
    accessSync(exists ? folder : dirname(folder), constants.W_OK | constants.X_OK);
    return healthy('data folder', exists ? folder : `${folder} (made by the first start)`);
  } catch {
    return unhealthy(
      'data folder',
      `${folder} cannot be written.`,
      'Set CLIENTELE_DATA to a folder of the user who starts it.',
    );
  }
}

const oldestVersion = 15;

/** Connects to the database and checks its version. `place` describes where the database is. */
export async function checkDatabase(db: Db, place: string): Promise<Finding> {
  try {
    const { number, text } = await selectServerVersion(db);
    if (number >= oldestVersion * 10_000) return healthy('database', `PostgreSQL ${text}, ${place}`);
    return unhealthy('database', `PostgreSQL ${text} is too old.`, `Use PostgreSQL ${oldestVersion} or newer.`);
  } catch (error) {
    const todo = 'Check that it runs, and that DATABASE_URL names its host, port, user, password and database.';
    return unhealthy('database', `No answer, ${place}: ${messageOf(error)}`, todo);
  }
}

/** Checks that all migrations are applied. */
export async function checkMigrations(db: Db): Promise<Finding> {
  try {
    const pending = await pendingMigrations(db);
    if (pending.length === 0) return healthy('migrations', 'all applied');
    const todo = 'npm run -s clientele -- migrate (or start the server, which does the same)';
    return unhealthy('migrations', `Not applied: ${pending.join(', ')}.`, todo);
  } catch (error) {
    return unhealthy(
      'migrations',
      messageOf(error),
      'The role in DATABASE_URL must be able to read the schema drizzle.',
    );
  }
}

/** Opens the keys, if there are any, and checks that they are all the keys that the database needs. */
export async function checkKeys(db: Db, dataFolder: string): Promise<Finding> {
  const folder = keysFolder(dataFolder);
  const restore = `Restore ${folder} from the backup of this installation. Without it the credentials made under them do not work.`;
  try {
    const used = await selectKeyIds(db);
    if (!hasKeys(folder))
      return used.length === 0
        ? healthy('keys', 'none yet (made by the first start)')
        : unhealthy('keys', `The database needs the keys ${used.join(', ')}, but ${folder} lacks them.`, restore);
    const { peppers, sealingKeys } = openKeys(folder);
    const lost = used.filter((id) => !peppers.has(id) && !sealingKeys.has(id));
    if (lost.length > 0)
      return unhealthy('keys', `The database needs keys that are not there: ${lost.join(', ')}.`, restore);
    return healthy(
      'keys',
      `${peppers.size + sealingKeys.size} for hashing and sealing, and every one that the database needs`,
    );
  } catch (error) {
    return unhealthy('keys', messageOf(error), restore);
  }
}
