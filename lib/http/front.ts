import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Log } from '#lib/kernel/log';
import { networkHeader, networkReader } from '#lib/kernel/network';
import { isStarting, isStopping } from '#lib/kernel/readiness';
import { isPageInLanguages, languageHeader, languageOfPage } from '#lib/languages/index';
import { withPageStatus } from '#lib/portal/page-status';
import { isBrowserPath, isProgramPath } from './app.ts';
import { correctAnswer, policyForPage, policyForPrograms, varyBy } from './correct-answer.ts';
import { judgePageRequest, judgeRequest, ownHostReader, pageMethods } from './judge-request.ts';
import { normalizeHead } from './normalize-head.ts';
import { assignRequestId, logRequest } from './request-log.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

type Front = {
  /** The public origin. */
  appUrl: string;
  /** The Host header of the requests that Next sends to this server itself. */
  self?: string;
  dev: boolean;
  trustedProxies: readonly string[];
  toPages: Handler;
  /** Answers the request, or resolves with the path of the page that must answer it. */
  toPrograms: (request: IncomingMessage, response: ServerResponse) => Promise<string | undefined>;
  log: Log;
};

/**
 * Returns the first handler of every request. It assigns a request id, logs, refuses other hosts, sets the security headers, and passes the
 * request to Next (pages) or to Hono (APIs and protocol endpoints).
 */
export function makeFront({ appUrl, self, dev, trustedProxies, toPages, toPrograms, log }: Front): Handler {
  const own = new URL(appUrl);
  const networkOf = networkReader(trustedProxies);
  const isOwnHost = ownHostReader(own);
  let warned = false;
  const warnOfProxy = () => {
    if (!warned) log({ level: 'info', message: proxyWarning });
    warned = true;
  };

  const dispatch = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = judgeRequest(request);
    normalizeHead(request);
    const target = request.url ?? '/';
    const path = target.split('?', 1)[0] ?? '/';
    const isForHono = isProgramPath(path);
    const isForPrograms = isForHono && !isBrowserPath(path);
    replaceTrustedHeaders(request, own);
    // After a form, Next requests the next page from this server with the cookies of the form's sender.
    const isOwn = self !== undefined && request.headers.host === self && request.headers.rsc === '1';
    if (isOwn) request.headers.host = own.host;
    const forwardedFor = request.headers['x-forwarded-for'];
    request.headers[networkHeader] = networkOf(request.socket.remoteAddress, forwardedFor);
    if (forwardedFor !== undefined && trustedProxies.length === 0 && !isOwn) warnOfProxy();
    protect(response, own);
    correctAnswer(request, response, !isForHono);
    // next-auth sets it on some answers only.
    if (path.startsWith('/api/auth/')) response.setHeader('cache-control', 'no-store');
    response.setHeader('content-security-policy', policyForPrograms);
    if (fault) return refuse(response, fault.status, fault);
    if (!isPlain(path)) return refuse(response, 400);
    if (path === '/healthz' || path === '/readyz') return void (await toPrograms(request, response));
    if (!isOwnHost(request.headers.host, isForPrograms)) {
      if (isForPrograms || !isRead(request)) return refuse(response, 421);
      // A path that begins with `//evil.example` would redirect to a foreign host.
      return void response.writeHead(308, { location: own.origin + target.replace(/^[/\\]+/, '/') }).end();
    }
    if (isStarting()) {
      response.setHeader('retry-after', '2');
      return refuse(response, 503, { detail: 'Clientele is starting. Try again shortly.' });
    }
    if (isForHono) {
      // Next's client-side router follows redirects with the user's cookies; it must not start an authorization.
      if (request.headers.rsc !== undefined) return refuse(response, 404);
      const page = await toPrograms(request, response);
      if (page === undefined) return;
      Object.assign(request, { method: 'GET', url: page });
      return showPage(request, response, page);
    }
    const pageFault = judgePageRequest(request, path, own, dev);
    // A client reads the answer only after it has sent the whole body.
    if (pageFault?.status === 413) return discardBody(request).then(() => refuse(response, 413, pageFault));
    if (pageFault) return refuse(response, pageFault.status, pageFault);
    if (request.method === 'OPTIONS')
      return void response.writeHead(204, { allow: pageMethods(path).join(', '), 'cache-control': 'no-store' }).end();
    return showPage(request, response, target);
  };

  const showPage = (request: IncomingMessage, response: ServerResponse, target: string) => {
    const path = target.split('?', 1)[0] ?? '/';
    request.headers[languageHeader] = languageOfPage(target, request.headers['accept-language']);
    if (isPageInLanguages(path)) varyBy(response, 'Accept-Language');
    const policy = policyForPage(path, dev);
    request.headers['content-security-policy'] = policy; // Next reads the nonce from this header
    // Next sends requests to itself on this port, which has no TLS.
    request.headers['x-forwarded-proto'] = 'http';
    response.setHeader('content-security-policy', policy);
    return withPageStatus(response, () => toPages(request, response));
  };

  return async (request, response) => {
    const requestId = assignRequestId(request, response);
    logRequest(request, response, { requestId, log });
    try {
      await dispatch(request, response);
    } catch (error) {
      log({ level: 'error', requestId, error: error instanceof Error ? error.stack : String(error) });
      if (response.headersSent) response.destroy();
      else refuse(response, 500);
    }
  };
}

const proxyWarning =
  'X-Forwarded-For is ignored because CLIENTELE_TRUSTED_PROXIES is not set. If a proxy sent it, all its callers share one set of rate limits.';

/** Discards the body; resolves at its end or when the connection closes. The server's timeouts limit how long that takes. */
const discardBody = (request: IncomingMessage) =>
  new Promise<void>((resolve) => request.resume().once('end', resolve).once('close', resolve));

const isRead = (request: IncomingMessage) => request.method === 'GET' || request.method === 'HEAD';

/** Whether a path has no `.` or `..` segment and is correctly encoded. Browsers resolve `/a/../b` before they send it. */
function isPlain(path: string): boolean {
  try {
    const segments = decodeURIComponent(path).split(/[/\\]/);
    return path.startsWith('/') && !segments.includes('.') && !segments.includes('..');
  } catch {
    return false;
  }
}

const trustedHeaders = [
  'x-middleware-subrequest',
  'x-nextjs-data',
  'next-resume',
  'x-forwarded-host',
  networkHeader,
  languageHeader,
];

/** Removes or replaces the headers that Next trusts and that a client must not set. */
function replaceTrustedHeaders(request: IncomingMessage, own: URL): void {
  const { headers, rawHeaders } = request;
  for (const name of trustedHeaders) delete headers[name];
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2)
    if (trustedHeaders.includes(rawHeaders[at]?.toLowerCase() ?? '')) rawHeaders.splice(at, 2);
  headers['x-forwarded-proto'] = own.protocol.slice(0, -1);
}

function protect(response: ServerResponse, own: URL): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY'); // rule A5, for browsers that do not support frame-ancestors
  response.setHeader('referrer-policy', 'same-origin');
  if (own.protocol === 'https:') response.setHeader('strict-transport-security', 'max-age=31536000');
  if (isStopping()) response.setHeader('connection', 'close');
}

type Refusal = { detail?: string; headers?: Record<string, string> };

function refuse(response: ServerResponse, status: number, { detail, headers }: Refusal = {}): void {
  const title = STATUS_CODES[status] ?? 'Error';
  // The rest of the body is not read.
  if (!isRead(response.req)) response.setHeader('connection', 'close');
  const type = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  response.writeHead(status, { ...type, ...headers });
  response.end(JSON.stringify({ type: 'about:blank', title, status, ...(detail && { detail }) }));
}
