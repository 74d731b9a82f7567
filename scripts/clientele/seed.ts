import { connect, wrap } from '#db/client';
import { migrateDatabase } from '#db/migrate';
import { seed } from '#db/seed';
import { type Command, required, type Typed, UsageError } from './command.ts';
import { withDatabase } from './with-database.ts';

export const seedCommand: Command = {
  usage: 'seed --clients N --owners M [--random-seed K]',
  run: async (typed) => {
    const size = { clients: countOf(typed, 'clients', 0), owners: countOf(typed, 'owners', 1) };
    const randomSeed = typed.texts['random-seed'] === undefined ? undefined : countOf(typed, 'random-seed', 0);
    return withDatabase(async (url) => {
      await migrateDatabase(url);
      const sql = connect(url, { max: 1, statementTimeoutMs: 0 });
      try {
        return { data: await seed(wrap(sql), { ...size, randomSeed }) };
      } finally {
        await sql.end();
      }
    });
  },
};

function countOf(typed: Typed, name: string, min: number): number {
  const text = required(typed, name);
  const count = Number(text);
  if (!/^\d{1,8}$/.test(text) || count < min)
    throw new UsageError(`--${name} is a whole number from ${min} to 99999999.`);
  return count;
}
