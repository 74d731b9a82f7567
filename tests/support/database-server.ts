import type { TestProject } from 'vitest/node';
import { connect } from '#db/client';
import { startEmbedded } from '#db/embedded';
import { migrateDatabase } from '#db/migrate';

/** One PostgreSQL for the run, with a migrated database that every worker copies. */
export default async function setup(project: TestProject) {
  const server = await startEmbedded('.clientele-test');
  const sql = connect(server.url, { max: 1, statementTimeoutMs: 0 });
  const old =
    await sql`select datname from pg_database where datname like 'worker_%' or datname = 'template_clientele'`;
  for (const { datname } of old) await sql.unsafe(`drop database "${datname}" with (force)`);
  await sql`create database template_clientele`;
  await migrateDatabase(server.url.replace('/postgres?', '/template_clientele?'));
  project.provide('database', server.url);
  return async () => {
    await sql.end();
    await server.stop();
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    database: string;
  }
}
