import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** The server cannot listen at the address; the message explains what to do. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

/** Resolves when `server` listens. @throws CannotListen */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new CannotListen(explain(error, port, host))));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function explain({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken. Choose another by PORT, for example: PORT=${port + 1} npm start`;
  if (code === 'EACCES') return `This user may not listen on port ${port}. Choose one above 1023 by PORT.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST=${host} is not an address of this machine.`;
  return message;
}

/** Accepts no new connections, waits for the open requests to end, and closes the remaining connections after `graceMs`. */
export async function drain(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const closesIdle = setInterval(() => server.closeIdleConnections(), 50);
  const grace = new AbortController();
  const graceEnded = pause(graceMs, undefined, { signal: grace.signal }).then(
    () => server.closeAllConnections(),
    () => undefined,
  );
  await Promise.race([closed, graceEnded]); // Node never closes an upgraded socket, so `closed` may wait for ever
  grace.abort();
  clearInterval(closesIdle);
}
