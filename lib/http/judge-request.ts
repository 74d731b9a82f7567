import type { IncomingMessage } from 'node:http';

export type RequestFault = {
  status: 400 | 403 | 404 | 405 | 413 | 417 | 431;
  detail: string;
  headers?: Record<string, string>;
};

const headersMax = 100;
/** Methods that no path has. Which of the others a path has, its own API says. */
const refused = ['TRACE', 'TRACK', 'CONNECT'];

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
export function judgeRequest({ method = '', headers, rawHeaders }: IncomingMessage): RequestFault | undefined {
  if (refused.includes(method)) return notAllowed(method, ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
  if (rawHeaders.length > 2 * headersMax)
    return { status: 431, detail: `A request may have ${headersMax} headers. Send fewer.` };
  const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const twice = names.find((name, at) => singletons.has(name) && names.indexOf(name) !== at);
  if (twice) return { status: 400, detail: `The header ${twice} stands there more than once. Send it once.` };
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue')
    return { status: 417, detail: 'The only expectation that is met is 100-continue.' };
  return undefined;
}

export const notAllowed = (method: string, allowed: string[]): RequestFault => ({
  status: 405,
  detail: `The method ${method} is not supported here.`,
  headers: { allow: allowed.join(', ') },
});
