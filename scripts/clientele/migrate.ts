import { migrateDatabase, pendingMigrations } from '#db/migrate';
import { database } from '#lib/database';
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
