import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { drain, listen } from '#lib/http/listen';
import { freePort } from '#support/free-port';

async function aServer() {
  const waiting: ServerResponse[] = [];
  const server = createServer((_, response) => void waiting.push(response));
  const port = await freePort();
  await listen(server, port, '127.0.0.1');
  const ask = () => fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text());
  return { server, waiting, ask };
}

test('a running request is answered, a new one refused', async () => {
  const { server, waiting, ask } = await aServer();
  const answer = ask();
  await once(server, 'request');
  const drained = drain(server, 5000);
  await expect(ask()).rejects.toThrow();
  waiting[0]?.end('done');
  expect(await answer).toBe('done');
  await drained;
});

test('an idle connection is not waited for; a request that never ends is cut off after the grace', async () => {
  const { server, waiting, ask } = await aServer();
  const first = ask();
  await once(server, 'request');
  waiting[0]?.end('done');
  await first; // its connection stays open, idle
  const stuck = ask();
  stuck.catch(() => undefined);
  await once(server, 'request');
  const began = performance.now();
  await drain(server, 300);
  expect(performance.now() - began).toBeLessThan(15_000);
  await expect(stuck).rejects.toThrow();
});
