import type { IncomingMessage } from 'node:http';

/** Paths that Next would answer by itself and that we do not use. */
const unused =
  /^\/(?:_next(?!\/static\/)|__nextjs|_error|_global-error|_not-found|404|500)(?:$|[/_])|\.(?:rsc|segments)(?:$|\/)/;

/** As much as `serverActions.bodySizeLimit` in next.config.ts, and what stands around it. */
const bodyBytesMax = 4 * 1024 * 1024;

/** The methods of a page or a file. A GET of next-auth changes something (it sets cookies, it spends an upstream code), so it has no HEAD. */
export function pageMethods(path: string): string[] {
  if (path.startsWith('/_next/')) return ['GET', 'HEAD', 'OPTIONS'];
  return path.startsWith('/api/auth/') ? ['GET', 'POST', 'OPTIONS'] : ['GET', 'HEAD', 'POST', 'OPTIONS'];
}

/** What is wrong with a request for a page or a file, or undefined. */
export function judgePageRequest(request: IncomingMessage, path: string, own: URL, dev: boolean) {
  if (!dev && unused.test(path)) return { status: 404, detail: 'There is nothing here.' } satisfies RequestFault;
  const allowed = pageMethods(path);
  if (!allowed.includes(request.method ?? '')) return notAllowed(request.method ?? '', allowed);
  // next-auth judges its own forms.
  return request.method === 'POST' && !path.startsWith('/api/auth/') ? judgeForm(request, own) : undefined;
}

/** A form of a page of ours comes from a page of ours, and a script sends it as React does. */
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

/** Headers of which every reader along the way must take the same one. */
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

/** What is wrong with the head of a request wherever it leads, or undefined. */
export function judgeRequest({ headers, rawHeaders }: IncomingMessage): RequestFault | undefined {
  if (rawHeaders.length > 2 * headersMax)
    return { status: 431, detail: `A request may have ${headersMax} headers. Send fewer.` };
  const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const twice = names.find((name, at) => singletons.has(name) && names.indexOf(name) !== at);
  if (twice) return { status: 400, detail: `The header ${twice} stands there more than once. Send it once.` };
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue')
    return { status: 417, detail: 'The only expectation that is met is 100-continue.' };
  return undefined;
}

const notAllowed = (method: string, allowed: string[]): RequestFault => ({
  status: 405,
  detail: `The method ${method} is not supported here.`,
  headers: { allow: allowed.join(', ') },
});

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a `Host` names us. Programs on the same machine spell it in several ways, so a portal whose public origin is on
 * loopback answers them under each; pages have one origin only, as cookies and forms do.
 */
export function ownHostReader(own: URL): (host: string | undefined, forPrograms: boolean) => boolean {
  const port = own.port && `:${own.port}`;
  const names = new Set(loopback.includes(own.hostname) ? loopback.map((name) => name + port) : []);
  return (host, forPrograms) => host === own.host || (forPrograms && host !== undefined && names.has(host));
}
