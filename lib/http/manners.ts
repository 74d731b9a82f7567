import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Named } from './call.ts';
import { networkHeader } from './network.ts';

/** Names the request, notes the caller's network, and keeps answers out of caches and search engines unless they say otherwise. */
export const manners: MiddlewareHandler<Named> = async (call, next) => {
  const given = call.req.header('x-request-id');
  const requestId = given && /^[\w.-]{1,128}$/.test(given) ? given : randomUUID();
  call.set('requestId', requestId);
  call.set('network', call.req.header(networkHeader) ?? 'unknown');
  await next();
  const { headers } = call.res;
  headers.set('x-request-id', requestId);
  if (headers.has('cache-control')) return;
  headers.set('cache-control', 'no-store');
  headers.set('x-robots-tag', 'noindex');
};
