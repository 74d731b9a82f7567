import { STATUS_CODES } from 'node:http';
import { HTTPException } from 'hono/http-exception';
import { isUnavailable } from '#lib/kernel/database';
import type { Fault } from '#lib/kernel/errors';
import type { Api } from './api.ts';

/** Makes an HTTP error with a status and a sentence for the caller. */
export function fault(
  status: 400 | 401 | 403 | 404 | 405 | 412 | 413 | 415 | 429 | 503,
  detail: string,
  headers?: Record<string, string>,
): HTTPException {
  return new HTTPException(status, { message: detail, ...(headers && { res: new Response(null, { headers }) }) });
}

/** The fault for an error other than a RegistryError; undefined for an unexpected error. */
export function faultOf(error: unknown): Fault | undefined {
  if (error instanceof HTTPException)
    return { status: error.status, detail: error.message, headers: Object.fromEntries(error.res?.headers ?? []) };
  if (!isUnavailable(error)) return undefined;
  const detail = 'The database cannot be reached just now. Try again shortly.';
  return { status: 503, detail, headers: { 'retry-after': '2' } };
}

/** Errors as RFC 9457 defines them, for paths that belong to no API. */
export const plainApi: Pick<Api, 'writeError' | 'writeFault'> = {
  writeError: ({ message }) => problem(400, message),
  writeFault: ({ status, detail, headers }) => ({ ...problem(status, detail), ...(headers && { headers }) }),
};

const problem = (status: number, detail: string) => ({
  status,
  contentType: 'application/problem+json',
  body: { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail },
});
