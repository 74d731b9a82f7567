// A process that serves the HTTP APIs on its parent's database and keys. It prints its origin and ends by a signal.

import { makeFront } from '#lib/http/front';
import { listen } from '#lib/http/listen';
import { answerPrograms } from '#lib/http/programs';
import { makeServer } from '#lib/http/server';
import { hearChanges } from '#lib/kernel/configured';
import { setPhase } from '#lib/kernel/readiness';
import { freePort } from './free-port.ts';

const appUrl = process.env.APP_URL ?? '';
const front = makeFront({
  appUrl,
  dev: false,
  trustedProxies: [],
  toPrograms: answerPrograms,
  toPages: ({ url }, response) => void response.writeHead(404, { 'x-page': url }).end(),
  log: () => undefined,
});
const server = makeServer((request, response) => {
  // Both processes have one origin, as behind a proxy.
  request.headers.host = new URL(appUrl).host;
  return front(request, response);
});
const port = await freePort();
hearChanges();
await listen(server, port, '127.0.0.1');
setPhase('serving');
process.stdout.write(`http://127.0.0.1:${port}\n`);
process.on('SIGTERM', () => process.exit(0));
