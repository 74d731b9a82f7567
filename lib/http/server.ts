import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Handler } from './front.ts';

/** The time limits of a connection, in milliseconds. At any moment at least one of them applies to every socket. */
const deadlines = {
  /** From the first byte of a request to the end of its headers. */
  headers: 15_000,
  /** From the first byte of a request to the end of its body. */
  request: 60_000,
  /** Without a byte in either direction during a request. It is twice as long for a peer that reads only part of an answer: Node counts that as progress once. */
  silence: 30_000,
  /** From the headers of a request to the last byte of its answer. */
  answer: 300_000,
  /** Between two requests of one connection. Longer than the limit of common proxies, so that the proxy closes first. */
  idle: 65_000,
};

type Options = {
  /** In development Next compiles a page at its first request, so `silence` is as long as `answer`. */
  dev?: boolean;
  /** Other values for some of the deadlines. */
  within?: Partial<typeof deadlines>;
  /** Whether a request may change the protocol. Any other request is answered as if it had no Upgrade header. */
  mayUpgrade?: (request: IncomingMessage) => boolean;
};

const noTunnel =
  'HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD, POST\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** Makes an HTTP/1.1 server that calls `handle` for each request and has a deadline for every socket. */
export function makeServer(handle: Handler, { dev, within, mayUpgrade = () => false }: Options = {}): Server {
  const limits = { ...deadlines, ...(dev && { silence: deadlines.answer }), ...within };
  const server = createServer({
    headersTimeout: limits.headers,
    requestTimeout: limits.request,
    keepAliveTimeout: limits.idle,
    connectionsCheckingInterval: Math.min(5000, limits.headers),
    // RFC 9110 §7.8: a server may ignore Upgrade. Otherwise a library that listens for it could take the socket.
    shouldUpgradeCallback: mayUpgrade,
  });
  server.maxHeadersCount = 0; // Node drops further headers silently, so `judgeRequest` counts them
  server.setTimeout(limits.silence, (socket) => socket.destroy());
  server.on('request', (request, response) => {
    const late = setTimeout(() => response.destroy(), limits.answer).unref();
    response.once('close', () => clearTimeout(late));
    // Node's parser drops the bytes that follow such a request in the same packet, so the connection cannot go on.
    if (request.headers.upgrade !== undefined) response.setHeader('connection', 'close');
    void handle(request, response);
  });
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(noTunnel, () => socket.destroy());
  });
  return server;
}
