import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '#lib/kernel/log';
import { isStarting, isStopping } from '#lib/kernel/readiness';

/** Logs one line per request when its answer is sent or the connection closes. The query is not logged: it may contain a secret. */
export function logRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { requestId, log }: { requestId: string; log: Log },
): void {
  const began = performance.now();
  const [path, query] = (request.url ?? '').split('?', 2);
  const { method } = request;
  response.once('close', () =>
    log({
      level: response.statusCode >= 500 && !(response.statusCode === 503 && isExpected()) ? 'error' : 'info',
      requestId,
      method,
      path: query === undefined ? path : `${path}?…`,
      status: response.statusCode,
      ms: Math.round(performance.now() - began),
      ...(!response.writableFinished && { aborted: true }),
    }),
  );
}

/** A 503 while the server starts or stops is not an error. */
const isExpected = () => isStarting() || isStopping();

/** Sets X-Request-Id in the request and in the answer: the caller's own id if it has a valid form, otherwise a new one. Returns the id. */
export function assignRequestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[\w.-]{1,128}$/.test(given) ? given : randomUUID();
  request.headers['x-request-id'] = id;
  response.setHeader('x-request-id', id);
  return id;
}
