import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

/** Opens a connection to `port`, writes `text`, and collects the answer. */
export function speak(port: number, text: string, { allowHalfOpen = false } = {}) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen });
  let heard = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    heard += chunk;
  });
  socket.on('error', () => undefined).write(text, 'latin1');
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)));
  return { socket, heard: () => heard, closed };
}

/** Sends `requests` at once on one connection; returns the status lines after the server has closed it. */
export async function statusesOf(port: number, requests: string): Promise<number[]> {
  const heard = await speak(port, requests).closed;
  return [...heard.matchAll(/(?:^|\r\n|(?<=[^\r\n]))HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}

/** The bytes of a request. */
export const head = (line: string, headers: Record<string, string> = {}, body = ''): string =>
  `${line} HTTP/1.1\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${body}`;

/** The number of this machine's sockets at `port`, without listening ones and those in TIME_WAIT. */
export function socketsAt(port: number): number {
  const [timeWait, listening] = ['06', '0A'];
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state = '']) => local.endsWith(`:${hex}`) && ![timeWait, listening].includes(state))
    .length;
}
