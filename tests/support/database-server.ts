import type { TestProject } from 'vitest/node';
import { connect } from '#db/client';
import { type Embedded, startEmbedded } from '#db/embedded/embedded';
import { FolderInUse } from '#db/embedded/folder-lock';
import { migrateDatabase } from '#db/migrate';
import { once } from '#lib/kernel/once';

/** One PostgreSQL for the run, shared by the projects, with a migrated database that every worker copies. */
export default async function setup(project: TestProject) {
  const shared = once('test database', () => ({ users: 0, server: start() }));
  shared.users += 1;
  const server = await shared.server;
  project.provide('database', server.url);
  return async () => {
    shared.users -= 1;
    if (shared.users === 0) await server.stop();
  };
}

async function start(): Promise<Embedded> {
  const server = await startAnywhere();
  const sql = connect(server.url, { max: 1, statementTimeoutMs: 0 });
  const old =
    await sql`select datname from pg_database where datname like 'worker_%' or datname = 'template_clientele'`;
  for (const { datname } of old) await sql.unsafe(`drop database "${datname}" with (force)`);
  await sql`create database template_clientele`;
  await sql.end();
  await migrateDatabase(server.url.replace('/postgres?', '/template_clientele?'));
  return server;
}

/** Each run has its own folder, so runs can be parallel. Its data need not survive a power cut. */
async function startAnywhere(number = 1): Promise<Embedded> {
  try {
    const settings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=200'];
    return await startEmbedded(`.clientele-test/${number}`, { holder: 'a test run', settings });
  } catch (error) {
    if (!(error instanceof FolderInUse) || number === 9) throw error;
    return startAnywhere(number + 1);
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    database: string;
  }
}
