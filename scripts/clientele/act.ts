import { randomUUID } from 'node:crypto';
import { migrateDatabase } from '#db/migrate';
import type { Context } from '#lib/kernel/context';
import { database } from '#lib/kernel/database';
import type { Act, Command } from './command.ts';
import { withDatabase } from './with-database.ts';

/** The context of the operator's command line. */
export const operatorContext = (): Context => ({
  db: database(),
  actor: { kind: 'command_line' },
  channel: 'command_line',
  requestId: randomUUID(),
  network: 'command line',
});

/** A command on the registry: `act` runs with a migrated database. */
export function registryCommand(usage: string, act: Act): Command {
  return {
    usage,
    run: (typed) =>
      withDatabase(async (migrationUrl) => {
        await migrateDatabase(migrationUrl);
        return { data: await act(operatorContext(), typed) };
      }),
  };
}
