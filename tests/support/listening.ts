import { afterAll } from 'vitest';
import { makeFront } from '#lib/http/front';
import { drain, listen } from '#lib/http/listen';
import { answerPrograms } from '#lib/http/programs';
import { makeServer } from '#lib/http/server';
import { setPhase } from '#lib/kernel/readiness';
import { freePort } from './free-port.ts';

// Rate limits are never reached, unless a test sets the factor itself.
process.env.CLIENTELE_RATE_LIMIT_FACTOR ??= '1000';

const port = await freePort();
/** The origin of this file's server: the HTTP APIs without the pages, for real client libraries. */
export const origin = `http://127.0.0.1:${port}`;
process.env.APP_URL = origin;

/** The server's log. */
export const log: Record<string, unknown>[] = [];

const front = makeFront({
  appUrl: origin,
  dev: false,
  trustedProxies: [],
  toPrograms: answerPrograms,
  // Names the page that would be shown; the e2e tests show pages.
  toPages: ({ url }, response) => void response.writeHead(404, { 'x-page': url }).end(),
  log: (line) => void log.push(line),
});
const server = makeServer(front);
await listen(server, port, '127.0.0.1');
setPhase('serving');
afterAll(() => drain(server, 1000));
