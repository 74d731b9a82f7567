import { migrateDatabase, pendingMigrations } from '#db/migrate';
import {
  checkConfiguration,
  checkDatabase,
  checkKeys,
  checkMigrations,
  type Finding,
  messageOf,
  unhealthy,
} from '#lib/doctor/index';
import { database } from '#lib/kernel/database';
import type { Env } from '#lib/kernel/env';
import { rotateSigningKeys } from '#lib/signing-keys/index';
import { registryCommand } from './act.ts';
import type { Command } from './command.ts';
import { withDatabase } from './with-database.ts';

export const migrateCommand: Command = {
  usage: 'migrate',
  run: () =>
    withDatabase(async (migrationUrl) => {
      const applied = await pendingMigrations(database());
      await migrateDatabase(migrationUrl);
      return { data: { applied } };
    }),
};

export const keysCommand = registryCommand('keys rotate', (ctx) => rotateSigningKeys(ctx));

export const doctorCommand: Command = {
  usage: 'doctor',
  run: async () => {
    const { findings, configuration } = checkConfiguration(process.env);
    if (configuration) findings.push(...(await checkStore(configuration)));
    for (const finding of findings) process.stderr.write(lineOf(finding));
    const ok = findings.every((finding) => finding.ok);
    return { data: { ok, checks: findings }, status: ok ? 0 : 1 };
  },
};

async function checkStore({ databaseUrl, dataFolder }: Env): Promise<Finding[]> {
  const place = databaseUrl ? `at ${new URL(databaseUrl).host || 'a socket'}` : `embedded, in ${dataFolder}`;
  try {
    return await withDatabase(async () => {
      const found = await checkDatabase(database(), place);
      if (!found.ok) return [found];
      const migrated = await checkMigrations(database());
      return migrated.ok ? [found, migrated, await checkKeys(database(), dataFolder)] : [found, migrated];
    });
  } catch (error) {
    return [unhealthy('database', messageOf(error), 'Set DATABASE_URL to use a PostgreSQL of your own instead.')];
  }
}

const lineOf = ({ ok, check, message, todo }: Finding) =>
  `${ok ? 'ok   ' : 'WRONG'}  ${check}: ${message}${todo ? `\n       ${todo}` : ''}\n`;
