import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import next from 'next';
import { type Embedded, startEmbedded } from '#db/embedded/embedded';
import { FolderInUse } from '#db/embedded/folder-lock';
import { migrateDatabase } from '#db/migrate';
import { type Handler, makeFront } from '#lib/http/front';
import { CannotListen, drain, listen } from '#lib/http/listen';
import { logWhatHappens, recordOutput } from '#lib/http/output';
import { answerPrograms } from '#lib/http/programs';
import { makeServer } from '#lib/http/server';
import { closeDatabase, database, isUnavailable } from '#lib/kernel/database';
import { ConfigurationError, env, readEnv } from '#lib/kernel/env';
import { keys } from '#lib/kernel/keys';
import { makeLog } from '#lib/kernel/log';
import { setPhase } from '#lib/kernel/readiness';
import { startLogoFetches } from '#lib/logo-fetches/index';
import { startLogoutNotices } from '#lib/logout-notices/index';
import { openSigningKeys } from '#lib/signing-keys/index';
import { startSweeping } from '#lib/sweep/index';

const dev = process.argv.includes('--dev');
const began = performance.now();
let front: Handler | undefined;
// Next reloads a page in development over a WebSocket; its own pages open it, nobody else's.
const isReload = ({ url, headers }: IncomingMessage) =>
  dev && url?.startsWith('/_next/hmr') === true && headers.origin === env().appUrl;
const server = makeServer((request, response) => front?.(request, response), { mayUpgrade: isReload, dev });
/** Writes for a person at a terminal. */
let tell = (text: string, stream: NodeJS.WriteStream = process.stdout): void => void stream.write(text);
let embedded: Embedded | undefined;
let pages: ReturnType<typeof next> | undefined;
let stopping: Promise<void> | undefined;

async function start(): Promise<void> {
  const { appUrl, host, port, dataFolder, databaseUrl, trustedProxies, log: which } = readEnv(process.env);
  if (!dev) tell = recordOutput(which);
  const log = makeLog(which);
  if (!dev) logWhatHappens(log, () => stop(1));
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
  // A first start makes them. Where the key they are sealed under is lost, everything but the authorization server still works.
  await openSigningKeys(database()).catch((error: unknown) => log({ level: 'error', error: String(error) }));
  startLogoutNotices();
  startLogoFetches();
  startSweeping();
  pages = next({ dev, dir: import.meta.dirname, hostname: host, port, httpServer: server });
  await pages.prepare();
  setPhase('serving');
  tell(`Clientele is at ${appUrl} (ready in ${Math.round(performance.now() - began)} ms)\n`);
}

/** A database that is not there yet may come: until then the server is alive and not ready. */
async function migrate(log: ReturnType<typeof makeLog>): Promise<void> {
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
    if (process.env.DATABASE_URL) await closeDatabase();
    await embedded?.stop();
    process.exit(code);
  })();
  return stopping;
}

// A terminal's Ctrl-C arrives twice, by itself and passed on by npm: the first counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
process.on('disconnect', () => void stop(0)); // whoever started us was killed
process.stdout.on('error', () => undefined); // a terminal that is gone must not keep us from stopping well

const starting = start();
starting.catch((error: unknown) => {
  const expected = [ConfigurationError, CannotListen, FolderInUse].some((kind) => error instanceof kind);
  if (expected) tell(`${(error as Error).message}\n`, process.stderr);
  else console.error(error);
  return stop(1);
});
