import type { Answer } from './api.ts';
import type { Call } from './call.ts';
import { challengesOf } from './challenges.ts';

/** Sends an answer in an API's own shape; a 401 says how to authenticate (RFC 6750 §3). */
export function say(call: Call, { status, headers, body, contentType = 'application/json' }: Answer): Response {
  call.status(status as Parameters<Call['status']>[0]);
  for (const [name, value] of Object.entries(headers ?? {})) call.header(name, value);
  if (status === 401) call.header('www-authenticate', challengesOf(call, headers?.['www-authenticate']));
  if (body === undefined) return call.body(null);
  call.header('content-type', contentType);
  return call.body(JSON.stringify(body));
}
