import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { removeData } from './remove-data.ts';

type Asked = { method?: string; headers?: Record<string, string>; body?: FormData | string };

/** The server in its own process, from the build, with its own database; collects the lines of both output streams. */
export async function aServer(environment: Record<string, string> = {}) {
  const port = await freePort();
  const dataFolder = mkdtempSync(join(tmpdir(), 'clientele-server-'));
  const { NODE_OPTIONS: _, VITEST: __, ...inherited } = process.env;
  const server = spawn(process.execPath, ['server.ts'], {
    env: { ...inherited, PORT: String(port), CLIENTELE_DATA: dataFolder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (text) => (written += text));
  while (!written.includes('Clientele is at')) {
    if (server.exitCode !== null) throw new Error(`it ended: ${written}`);
    await once(server.stdout, 'data');
  }
  const host = new URL(environment.APP_URL ?? `http://127.0.0.1:${port}`).host;

  /** Sends a request with the portal's host name, whatever DNS says. */
  const ask = async (path: string, { method = 'GET', headers, body }: Asked = {}) => {
    const form = body instanceof FormData ? new Response(body) : undefined;
    const type = form?.headers.get('content-type');
    const bytes = form
      ? Buffer.from(await form.arrayBuffer())
      : body === undefined
        ? undefined
        : Buffer.from(String(body));
    const all = {
      host,
      ...(type && { 'content-type': type }),
      ...(bytes && { 'content-length': `${bytes.length}` }),
      ...headers,
    };
    const sent = request({ host: '127.0.0.1', port, path, method, agent: false, headers: all }).end(bytes);
    const answered = once(sent, 'response');
    sent.on('error', () => undefined); // a refused form is not read to its end
    const [answer] = (await answered) as [import('node:http').IncomingMessage];
    let text = '';
    for await (const chunk of answer.setEncoding('utf8')) text += chunk;
    return { status: answer.statusCode ?? 0, headers: answer.headers as IncomingHttpHeaders, text };
  };
  const stop = async () => {
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
    removeData(dataFolder);
  };
  return { port, pid: server.pid ?? 0, ask, lines: () => written.split('\n').filter((line) => line !== ''), stop };
}

/** The id of a form's server action, from the page's form for browsers without JavaScript. */
export function actionIn(html: string): string {
  const [, id] = /(?:\$ACTION_ID_|&quot;id&quot;:&quot;)([0-9a-f]{42})/.exec(html) ?? [];
  if (!id) throw new Error('no form with an action');
  return id;
}

/** The body that the page's script sends for a form with these fields. */
export function actionBody(fields: Record<string, string>): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(`_1_${name}`, value);
  body.append('0', '[{"status":"idle"},"$K1"]');
  return body;
}
