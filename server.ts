import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import next from 'next';
import { type Embedded, startEmbedded } from '#db/embedded/embedded';
import { FolderInUse } from '#db/embedded/folder-lock';
import { migrateDatabase } from '#db/migrate';
import { type Handler, makeFront } from '#lib/http/front';
import { CannotListen, drain, listen } from '#lib/http/listen';
import { logOutput, logProcessEvents } from '#lib/http/output';
import { answerPrograms } from '#lib/http/programs';
import { makeServer } from '#lib/http/server';
import { hearChanges } from '#lib/kernel/configured';
import { closeDatabase, database, isUnavailable } from '#lib/kernel/database';
import { ConfigurationError, env, readEnv } from '#lib/kernel/env';
import { keys } from '#lib/kernel/keys';
import { createLog } from '#lib/kernel/log';
import { setPhase } from '#lib/kernel/readiness';
import { startLogoFetches } from '#lib/logo-fetches/index';
import { startLogoutNotices } from '#lib/logout-notices/index';
import { openSigningKeys } from '#lib/signing-keys/index';
import { startSweeping } from '#lib/sweep/index';

const dev = process.argv.includes('--dev');
const began = performance.now();
let front: Handler | undefined;
// In development Next reloads pages over a WebSocket. Only pages of our origin may open it.
const isHotReload = ({ url, headers }: IncomingMessage) =>
  dev && url?.startsWith('/_next/hmr') === true && headers.origin === env().appUrl;
const server = makeServer((request, response) => front?.(request, response), { mayUpgrade: isHotReload, dev });
/** Writes text for a person at a terminal. */
let print = (text: string, stream: NodeJS.WriteStream = process.stdout): void => void stream.write(text);
let embedded: Embedded | undefined;
let pages: ReturnType<typeof next> | undefined;
let stopHearing: (() => Promise<void>) | undefined;
let stopping: Promise<void> | undefined;

async function start(): Promise<void> {
  const { appUrl, host, port, dataFolder, databaseUrl, trustedProxies, log: which } = readEnv(process.env);
  if (!dev) print = logOutput(which);
  const log = createLog(which);
  if (!dev) logProcessEvents(log, () => stop(1));
  Object.assign(process.env, {
    NODE_ENV: dev ? 'development' : 'production',
    NEXTAUTH_URL: appUrl,
    NEXT_TELEMETRY_DISABLED: '1',
  });
  const toPages: Handler = (request, response) => pages?.getRequestHandler()(request, response);
  const self = new URL(`http://${isIPv6(host) ? `[${host}]` : host}:${port}`).host;
  front = makeFront({ appUrl, self, dev, trustedProxies, toPages, toPrograms: answerPrograms, log });
  await listen(server, port, host);

  if (!databaseUrl) {
    const onRestart = (message: string) => log({ level: 'error', error: message });
    embedded = await startEmbedded(dataFolder, { holder: `the server on port ${port}`, onRestart });
    process.env.DATABASE_URL = embedded.url;
  }
  keys();
  await migrate(log);
  if (stopping) return;
  // The first start creates signing keys. If their sealing key is lost, everything except the authorization server still works.
  await openSigningKeys(database()).catch((error: unknown) => log({ level: 'error', error: String(error) }));
  stopHearing = hearChanges();
  startLogoutNotices();
  startLogoFetches();
  startSweeping();
  pages = next({ dev, dir: import.meta.dirname, hostname: host, port, httpServer: server });
  await pages.prepare();
  setPhase('serving');
  print(`Clientele is at ${appUrl} (ready in ${Math.round(performance.now() - began)} ms)\n`);
}

/** Migrates the database. Retries while the database is unavailable; meanwhile the server is alive and not ready. */
async function migrate(log: ReturnType<typeof createLog>): Promise<void> {
  const { databaseMigrationUrl: url, databaseUrl } = env();
  if (!url) throw new Error('no database to migrate');
  while (!stopping) {
    try {
      return await migrateDatabase(url, databaseUrl);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      log({ level: 'error', error: `the database does not answer yet: ${String(error)}` });
      await pause(1000);
    }
  }
}

function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    setPhase('stopping');
    await starting.catch(() => undefined);
    await drain(server, dev ? 500 : 5000);
    await pages?.close();
    await stopHearing?.();
    if (process.env.DATABASE_URL) await closeDatabase();
    await embedded?.stop();
    process.exit(code);
  })();
  return stopping;
}

// Ctrl-C in a terminal arrives twice, directly and through npm; only the first counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
process.on('disconnect', () => void stop(0)); // the parent process was killed
process.stdout.on('error', () => undefined); // a closed terminal must not prevent a clean stop

const starting = start();
starting.catch((error: unknown) => {
  const expected = [ConfigurationError, CannotListen, FolderInUse].some((kind) => error instanceof kind);
  if (expected) print(`${(error as Error).message}\n`, process.stderr);
  else console.error(error);
  return stop(1);
});
