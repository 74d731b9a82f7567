import { openEmbedded } from '#db/embedded/open-embedded';
import { closeDatabase } from '#lib/kernel/database';
import { readEnv } from '#lib/kernel/env';

/**
 * Runs `work` with the server's database: that of DATABASE_URL, or the embedded database of the data folder. `work` gets the URL for
 * migrations.
 */
export async function withDatabase<T>(work: (migrationUrl: string) => Promise<T>): Promise<T> {
  const { databaseUrl, databaseMigrationUrl, dataFolder } = readEnv(process.env);
  if (databaseUrl) return runAndClose(databaseMigrationUrl ?? databaseUrl, work);
  const embedded = await openEmbedded(dataFolder);
  try {
    process.env.DATABASE_URL = embedded.url;
    return await runAndClose(embedded.url, work);
  } finally {
    await embedded.release();
  }
}

async function runAndClose<T>(migrationUrl: string, work: (migrationUrl: string) => Promise<T>): Promise<T> {
  try {
    return await work(migrationUrl);
  } finally {
    await closeDatabase();
  }
}
