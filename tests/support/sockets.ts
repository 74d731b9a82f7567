import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Handler, makeFront } from '#lib/http/front';
import { answerPrograms } from '#lib/http/programs';
import { makeServer } from '#lib/http/server';
import { setPhase } from '#lib/kernel/readiness';

/** The HTTP server with the APIs and without the pages, on a real socket. */
export async function listenForPrograms(within: Parameters<typeof makeServer>[1] = {}) {
  let front: Handler | undefined;
  const server = makeServer((message, response) => front?.(message, response), within).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const lines: Record<string, unknown>[] = [];
  front = makeFront({
    appUrl: `http://127.0.0.1:${port}`,
    dev: false,
    trustedProxies: [],
    toPages: (_request, response) => void response.end('a page'),
    toPrograms: answerPrograms,
    log: (line) => void lines.push(line),
  });
  setPhase('serving');

  type Send = { headers?: Record<string, string | string[]>; body?: string | Buffer };
  const send = (method: string, path: string, { headers, body }: Send = {}) =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, async (answer) => {
        let text = '';
        for await (const chunk of answer.setEncoding('utf8')) text += chunk;
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
      sent.on('error', reject).end(body);
    });
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { port, send, lines, close };
}
