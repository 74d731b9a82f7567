import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import next from 'next';
import { startEmbedded } from '#db/embedded';
import { migrateDatabase } from '#db/migrate';
import { env } from '#lib/env';
import { api } from '#lib/http/app';
import { makeFront } from '#lib/http/front';
import { keys } from '#lib/keys';

const dev = process.argv.includes('--dev');
const began = performance.now();
const embedded = process.env.DATABASE_URL ? undefined : await startEmbedded(process.env.CLIENTELE_DATA ?? '.clientele');
Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' });
if (embedded) process.env.DATABASE_URL = embedded.url;
const { appUrl, host, port, trustedProxies, databaseMigrationUrl } = env();
process.env.NEXTAUTH_URL = appUrl;
keys();
await migrateDatabase(databaseMigrationUrl);

const server = createServer();
const pages = next({ dev, dir: import.meta.dirname, hostname: host, port, httpServer: server });
await pages.prepare();
const toPages = pages.getRequestHandler();
server.on(
  'request',
  makeFront({
    appUrl,
    dev,
    trustedProxies,
    toPages: (request, response) => void toPages(request, response),
    toPrograms: getRequestListener(api.fetch, { overrideGlobalObjects: false }),
    log: (line) => console.log(JSON.stringify(line)),
  }),
);

server.once('error', async (error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE';
  console.error(taken ? `Port ${port} is taken. Choose another: PORT=${port + 1} npm start` : error);
  await embedded?.stop();
  process.exit(1);
});
server.listen(port, host, () => {
  console.log(`Clientele is at ${appUrl} (ready in ${Math.round(performance.now() - began)} ms)`);
});

let stopping = false;
async function stop() {
  // A terminal's Ctrl-C arrives twice: by itself and passed on by npm.
  if (stopping) return;
  stopping = true;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 5000).unref();
  await closed;
  await pages.close();
  await embedded?.stop();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
