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
  const isSilent = () => socket.bytesRead === asked.read && performance.now() - asked.at > silenceMs;
  const giveUp = () => {
    if (isSilent()) socket.destroy(Object.assign(new Error('the database does not answer'), { code: 'SILENT' }));
  };
  // After a turn of the event loop that took long, the answer may be there and not read yet: timers come before sockets.
  const watch = setInterval(() => isSilent() && setImmediate(giveUp), 250);
  watch.unref();
  socket.once('close', () => clearInterval(watch));
  // TLS writes past `write` of a bare socket, but not past that of a stream around it.
  return encrypted ? Duplex.from({ readable: socket, writable: socket }) : socket;
}
