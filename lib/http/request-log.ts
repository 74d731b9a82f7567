import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '#lib/kernel/log';
import { isStarting, isStopping } from '#lib/kernel/readiness';

/** One line per request when its answer is out, or its caller gone. What stands behind the `?` may be a secret: it is not logged. */
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

/** The caller's X-Request-Id when it is harmless to log and to send back, else a new one; in the request and in the answer. */
export function assignRequestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[\w.-]{1,128}$/.test(given) ? given : randomUUID();
  request.headers['x-request-id'] = id;
  response.setHeader('x-request-id', id);
  return id;
}
