import type { Hono, MiddlewareHandler } from 'hono';
import { etag } from 'hono/etag';
import type { Api, Call, HonoEnv } from './api.ts';
import { fault } from './problems.ts';

/** Adds an API's route table: HEAD with each GET that only reads, OPTIONS, and 405 with Allow for every other method. */
export function mount(app: Hono<HonoEnv>, { prefixes, routes }: Api): void {
  for (const prefix of prefixes) {
    for (const [path, here] of Map.groupBy(routes, (route) => prefix + route.path)) {
      const allow = allowOf(here);
      const notAllowed = (call: Call) => fault(405, `Method ${call.req.method} is not supported here.`, { allow });
      if (here.some(({ open }) => open)) app.use(path, openToAnyOrigin(allow), etag());
      else if (here.some(({ forBrowsers }) => forBrowsers)) app.use(path, callableFromAnyOrigin(allow));
      else if (here.some(({ forOwnOrigins }) => forOwnOrigins)) app.use(path, errorsReadableFromAnyOrigin(allow));
      for (const { method, answer, acts } of here)
        app.on(method, path, (call) => {
          if (acts && call.req.method === 'HEAD') throw notAllowed(call);
          return answer(call);
        });
      app.options(path, (call) => call.body(null, 204, { allow }));
      app.all(path, (call) => {
        throw notAllowed(call);
      });
    }
  }
}

function allowOf(routes: Api['routes']): string {
  const all = routes.flatMap(({ method, acts }) => (method === 'GET' && !acts ? ['GET', 'HEAD'] : [method]));
  return [...new Set(all), 'OPTIONS'].join(', ');
}

const openToAnyOrigin =
  (allow: string): MiddlewareHandler =>
  async (call, next) => {
    await next();
    call.res.headers.set('access-control-allow-origin', '*');
    if (call.req.method === 'OPTIONS') {
      call.res.headers.set('access-control-allow-methods', allow);
      // Public answers are the same for everyone: any request header is allowed.
      call.res.headers.set('access-control-allow-headers', '*');
    } else if (call.res.status < 400) call.res.headers.set('cache-control', 'no-cache');
  };

const callableFromAnyOrigin =
  (allow: string): MiddlewareHandler =>
  async (call, next) => {
    await next();
    const { headers } = call.res;
    headers.set('access-control-allow-origin', '*');
    headers.set('access-control-expose-headers', exposed);
    if (call.req.method === 'OPTIONS') setPreflightHeaders(headers, allow);
  };

/** The handler sets the CORS headers of its own answers. An error that it throws reveals nothing about a client, so any origin may read it. */
const errorsReadableFromAnyOrigin =
  (allow: string): MiddlewareHandler =>
  async (call, next) => {
    await next();
    const { headers } = call.res;
    if (call.error || call.req.method === 'OPTIONS') headers.set('access-control-allow-origin', '*');
    if (call.error) headers.set('access-control-expose-headers', exposed);
    if (call.req.method === 'OPTIONS') setPreflightHeaders(headers, allow);
  };

/** The response headers that a script may read in addition to the CORS-safelisted ones. */
const exposed = 'www-authenticate, dpop-nonce, retry-after';

function setPreflightHeaders(headers: Headers, allow: string): void {
  headers.set('access-control-allow-methods', allow);
  headers.set('access-control-allow-headers', 'authorization, content-type, dpop');
  headers.set('access-control-max-age', '3600');
}
