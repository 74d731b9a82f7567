import { afterAll } from 'vitest';
import { makeFront } from '#lib/http/front';
import { drain, listen } from '#lib/http/listen';
import { answerPrograms } from '#lib/http/programs';
import { makeServer } from '#lib/http/server';
import { setPhase } from '#lib/kernel/readiness';
import { freePort } from './free-port.ts';

// Far from every budget, unless a test is about budgets and says otherwise.
process.env.CLIENTELE_RATE_LIMIT_FACTOR ??= '1000';

const port = await freePort();
/** Where this file's own server listens: the real front and the real programs' side, for real client libraries. */
export const origin = `http://127.0.0.1:${port}`;
process.env.APP_URL = origin;

/** What that server logged. */
export const log: Record<string, unknown>[] = [];

const front = makeFront({
  appUrl: origin,
  dev: false,
  trustedProxies: [],
  toPrograms: answerPrograms,
  // Which page would be shown; the pages themselves are another test's.
  toPages: ({ url }, response) => void response.writeHead(404, { 'x-page': url }).end(),
  log: (line) => void log.push(line),
});
const server = makeServer(front);
await listen(server, port, '127.0.0.1');
setPhase('serving');
afterAll(() => drain(server, 1000));
