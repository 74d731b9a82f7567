import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Handler } from './front.ts';

/** How long a connection may take, in milliseconds. Every socket falls under one of these, whatever its peer does or leaves undone. */
const deadlines = {
  /** From the first byte of a request to the end of its headers. */
  headers: 15_000,
  /** From the first byte of a request to the end of its body. */
  request: 60_000,
  /** Without a byte in either direction while a request is under way; twice that for an answer taken in part, which Node counts as progress once. */
  silence: 30_000,
  /** From the headers of a request to the last byte of its answer. */
  answer: 300_000,
  /** Without a request on a connection that is kept. Longer than proxies keep theirs, so that they close first. */
  idle: 65_000,
};

type Options = {
  /** A page that is compiled while it is waited for takes its time. */
  dev?: boolean;
  within?: Partial<typeof deadlines>;
  /** Which requests may change the protocol; the others are answered as if they had not asked to. */
  mayUpgrade?: (request: IncomingMessage) => boolean;
};

const noTunnel =
  'HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD, POST\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** An HTTP/1.1 server that answers by `handle` and holds no socket without a deadline. */
export function makeServer(handle: Handler, { dev, within, mayUpgrade = () => false }: Options = {}): Server {
  const limits = { ...deadlines, ...(dev && { silence: deadlines.answer }), ...within };
  const server = createServer({
    headersTimeout: limits.headers,
    requestTimeout: limits.request,
    keepAliveTimeout: limits.idle,
    connectionsCheckingInterval: Math.min(5000, limits.headers),
    // RFC 9110 §7.8: a server may ignore Upgrade. Libraries that listen for it would otherwise own the socket.
    shouldUpgradeCallback: mayUpgrade,
  });
  server.maxHeadersCount = 0; // Node drops what exceeds the count without a word: the front counts instead
  server.setTimeout(limits.silence, (socket) => socket.destroy());
  server.on('request', (request, response) => {
    const late = setTimeout(() => response.destroy(), limits.answer).unref();
    response.once('close', () => clearTimeout(late));
    // Node's parser drops what stands behind such a request in the same packet: nothing more may be expected here.
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
