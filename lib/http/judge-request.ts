import type { IncomingMessage } from 'node:http';

/** Paths of Next's own that no page of ours uses. */
const unusedPaths =
  /^\/(?:_next(?!\/static\/)|__nextjs|_error|_global-error|_not-found|404|500)(?:$|[/_])|\.(?:rsc|segments)(?:$|\/)/;

/** More than `serverActions.bodySizeLimit` in next.config.ts, because a form adds its encoding. */
const bodyBytesMax = 4 * 1024 * 1024;

/** The methods of a page or a file. A GET of next-auth changes something (it sets cookies and uses up an upstream code), so there is no HEAD. */
export function pageMethods(path: string): string[] {
  if (path.startsWith('/_next/')) return ['GET', 'HEAD', 'OPTIONS'];
  return path.startsWith('/api/auth/') ? ['GET', 'POST', 'OPTIONS'] : ['GET', 'HEAD', 'POST', 'OPTIONS'];
}

/** Judges a request for a page or a file; undefined if nothing is wrong. */
export function judgePageRequest(request: IncomingMessage, path: string, own: URL, dev: boolean) {
  if (!dev && unusedPaths.test(path)) return { status: 404, detail: 'There is nothing here.' } satisfies RequestFault;
  const allowed = pageMethods(path);
  if (!allowed.includes(request.method ?? '')) return methodNotAllowed(request.method ?? '', allowed);
  // next-auth checks its own forms.
  return request.method === 'POST' && !path.startsWith('/api/auth/') ? judgeForm(request, own) : undefined;
}

/** Judges a form of a page: it must come from our origin, and a form that a script sends must have React's encoding. */
function judgeForm({ headers }: IncomingMessage, own: URL): RequestFault | undefined {
  if (headers.origin !== undefined && headers.origin !== own.origin)
    return { status: 403, detail: 'This form comes from another site.' };
  if (Number(headers['content-length'] ?? 0) > bodyBytesMax)
    return { status: 413, detail: `The form is larger than ${bodyBytesMax} bytes.` };
  const type = headers['content-type'] ?? '';
  if (/^multipart\//i.test(type) && !/^multipart\/form-data *;.*\bboundary=[^;]/i.test(type))
    return { status: 400, detail: 'Send the form as multipart/form-data with a boundary.' };
  const action = headers['next-action'];
  if (action === undefined) return undefined;
  if (typeof action !== 'string' || !/^[0-9a-f]{42}$/.test(action))
    return { status: 400, detail: 'The header next-action names no form.' };
  return /^(?:multipart\/form-data *;|text\/plain *;)/i.test(type)
    ? undefined
    : { status: 400, detail: 'Send the form as multipart/form-data.' };
}

type RequestFault = {
  status: 400 | 403 | 404 | 405 | 413 | 417 | 431;
  detail: string;
  headers?: Record<string, string>;
};

const headersMax = 100;

/** Headers that may be sent once only: of two, a proxy could read the first and this server the second. */
const singletons = new Set([
  'authorization',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'idempotency-key',
  'next-action',
  'origin',
]);

/** Judges the head of every request, whatever its path; undefined if nothing is wrong. */
export function judgeRequest({ headers, rawHeaders }: IncomingMessage): RequestFault | undefined {
  if (rawHeaders.length > 2 * headersMax)
    return { status: 431, detail: `A request may have ${headersMax} headers. Send fewer.` };
  const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const twice = names.find((name, at) => singletons.has(name) && names.indexOf(name) !== at);
  if (twice) return { status: 400, detail: `The header ${twice} was sent more than once. Send it once.` };
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue')
    return { status: 417, detail: 'The only supported expectation is 100-continue.' };
  return undefined;
}

const methodNotAllowed = (method: string, allowed: string[]): RequestFault => ({
  status: 405,
  detail: `The method ${method} is not supported here.`,
  headers: { allow: allowed.join(', ') },
});

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Returns a function that tells whether a Host header names this server. If the public origin is a loopback address, programs may use any
 * name of the loopback address. Pages have one origin only, because their cookies and forms belong to it.
 */
export function ownHostReader(own: URL): (host: string | undefined, isForPrograms: boolean) => boolean {
  const port = own.port && `:${own.port}`;
  const names = new Set(loopback.includes(own.hostname) ? loopback.map((name) => name + port) : []);
  return (host, isForPrograms) => host === own.host || (isForPrograms && host !== undefined && names.has(host));
}
