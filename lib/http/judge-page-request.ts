import type { IncomingMessage } from 'node:http';
import { notAllowed, type RequestFault } from './judge-request.ts';

/** Paths that Next would answer by itself and that we do not use. */
const unused =
  /^\/(?:_next(?!\/static\/)|__nextjs|_error|_global-error|_not-found|404|500)(?:$|[/_])|\.(?:rsc|segments)(?:$|\/)/;

/** As much as `serverActions.bodySizeLimit` in next.config.ts, and what stands around it. */
const bodyBytesMax = 4 * 1024 * 1024;

/** What is wrong with a request for a page or a file, or undefined. */
export function judgePageRequest(request: IncomingMessage, path: string, own: URL, dev: boolean) {
  if (!dev && unused.test(path)) return { status: 404, detail: 'There is nothing here.' } satisfies RequestFault;
  const allowed = path.startsWith('/_next/') ? ['GET', 'HEAD'] : ['GET', 'HEAD', 'POST'];
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
