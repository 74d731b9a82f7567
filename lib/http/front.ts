import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isProgramPath } from './app.ts';
import { networkHeader, networkReader } from './network.ts';

type Front = {
  appUrl: string;
  dev: boolean;
  trustedProxies: readonly string[];
  toPages: RequestListener;
  toPrograms: RequestListener;
  log: (line: object) => void;
};

/** The first to see a request: names it, refuses a foreign host, protects the answer, and hands it to pages or programs. */
export function makeFront({ appUrl, dev, trustedProxies, toPages, toPrograms, log }: Front): RequestListener {
  const own = new URL(appUrl);
  const networkOf = networkReader(trustedProxies);
  return (request, response) => {
    const began = performance.now();
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const requestId = nameRequest(request, response);
    response.on('close', () =>
      log({
        at: new Date().toISOString(),
        requestId,
        method: request.method,
        path,
        status: response.statusCode,
        ms: Math.round(performance.now() - began),
      }),
    );
    delete request.headers['x-middleware-subrequest'];
    request.headers[networkHeader] = networkOf(request.socket.remoteAddress, request.headers['x-forwarded-for']);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'strict-origin-when-cross-origin');
    const program = isProgramPath(path);
    if (request.headers.host !== own.host && path !== '/healthz' && path !== '/readyz')
      return foreignHost(request, response, own, program);
    if (program) {
      response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
      if (request.headers.rsc) return refuse(response, 404, 'Not Found');
      return toPrograms(request, response);
    }
    setPolicy(request, response, dev);
    return toPages(request, response);
  };
}

function nameRequest(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[\w.-]{1,128}$/.test(given) ? given : randomUUID();
  request.headers['x-request-id'] = id;
  response.setHeader('x-request-id', id);
  return id;
}

/** Next reads the nonce from the request's own policy header; whatever a client sent under that name is overwritten. */
function setPolicy(request: IncomingMessage, response: ServerResponse, dev: boolean) {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  request.headers['content-security-policy'] = policy;
  response.setHeader('content-security-policy', policy);
}

function foreignHost(request: IncomingMessage, response: ServerResponse, own: URL, program: boolean) {
  if (program || (request.method !== 'GET' && request.method !== 'HEAD'))
    return refuse(response, 421, 'Misdirected Request');
  const target = (request.url ?? '/').startsWith('/') ? (request.url ?? '/').replace(/^[/\\]+/, '/') : '/';
  response.writeHead(308, { location: own.origin + target }).end();
}

function refuse(response: ServerResponse, status: number, title: string) {
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ type: 'about:blank', title, status }));
}
