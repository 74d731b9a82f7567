import { type NetConnectOpts, connect as open } from 'node:net';
import { Duplex } from 'node:stream';

/** A connection on which a question without an answer after `silenceMs` is an error: what waits on it fails, and the pool opens another. */
export function watchedSocket(address: NetConnectOpts, silenceMs: number, encrypted: boolean): Duplex {
  const socket = open(address);
  let asked = { at: 0, read: -1 };
  const send = socket.write;
  socket.write = (...parts: unknown[]) => {
    if (socket.bytesRead !== asked.read) asked = { at: performance.now(), read: socket.bytesRead };
    return Reflect.apply(send, socket, parts) as boolean;
  };
  const watch = setInterval(() => {
    if (socket.bytesRead === asked.read && performance.now() - asked.at > silenceMs)
      socket.destroy(Object.assign(new Error('the database does not answer'), { code: 'SILENT' }));
  }, 250);
  watch.unref();
  socket.once('close', () => clearInterval(watch));
  // TLS writes past `write` of a bare socket, but not past that of a stream around it.
  return encrypted ? Duplex.from({ readable: socket, writable: socket }) : socket;
}
