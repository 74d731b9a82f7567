import { randomUUID } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import { database } from '#lib/kernel/database';
import { isRegistryError } from '#lib/kernel/errors';
import { reportError } from '#lib/kernel/log';
import { networkHeader } from '#lib/kernel/network';
import { findUnreadyReason } from '#lib/kernel/readiness';
import { findLogo } from '#lib/logos/index';
import { answers } from './answers.ts';
import type { Answer, Api, Call, HonoEnv, Route } from './api.ts';
import { apps } from './apps/index.ts';
import { challengesOf } from './challenges.ts';
import { docspace } from './docspace/index.ts';
import { mount } from './mount.ts';
import { native } from './native/index.ts';
import { oauth } from './oauth/index.ts';
import { noteFault } from './oauth/note-fault.ts';
import { fault, faultOf, plainApi } from './problems.ts';
import { registration, telnyxRegistration } from './registration/index.ts';
import { slashid, slashidTokens } from './slashid/index.ts';
import { telnyx, telnyxConsent, telnyxGrants } from './telnyx/index.ts';
import { trackle } from './trackle/index.ts';

/** Sends an answer of an API; a 401 carries the challenges (RFC 6750 §3). */
function sendAnswer(call: Call, { status, headers, body, contentType = 'application/json' }: Answer): Response {
  call.status(status as Parameters<Call['status']>[0]);
  for (const [name, value] of Object.entries(headers ?? {})) call.header(name, value);
  if (status === 401) call.header('www-authenticate', challengesOf(call, headers?.['www-authenticate']));
  if (body === undefined) return call.body(null);
  call.header('content-type', contentType);
  return call.body(JSON.stringify(body));
}

/** Serves logos. The URL has the hash of the picture, so the picture at a URL never changes and caches may keep it. */
async function getLogo(call: Call): Promise<Response> {
  const [, hash] = /^([0-9a-f]{64})\.png$/.exec(call.req.param('file') ?? '') ?? [];
  const png = hash && (await findLogo(database(), hash));
  if (!png) throw fault(404, 'Not Found');
  const headers = {
    'cache-control': 'public, max-age=31536000, immutable',
    etag: `"${hash}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  };
  if (call.req.header('if-none-match')?.includes(hash)) return call.body(null, 304, headers);
  return call.body(new Uint8Array(png), 200, { ...headers, 'content-type': 'image/png' });
}

/** Sets the request id and the caller's network, and keeps answers out of caches and search engines unless they set `cache-control`. */
const httpDefaults: MiddlewareHandler<HonoEnv> = async (call, next) => {
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

async function getReadiness(call: Call): Promise<Response> {
  const reason = await findUnreadyReason();
  const wait = { 'retry-after': '2' };
  return reason ? call.json({ status: 'not ready', reason }, 503, wait) : call.json({ status: 'ready' });
}

const plain = (root: string, path: string, answer: Route['answer']): Api => ({
  root,
  prefixes: [root],
  routes: [{ method: 'GET', path, answer }],
  ...plainApi,
});

/** Paths that belong to no API: health checks for load balancers and supervisors (at any host name), and logos. */
export const plainApis: readonly Api[] = [
  plain('/healthz', '', async (call) => call.json({ status: 'ok' })),
  plain('/readyz', '', getReadiness),
  plain('/logos', '/:file', getLogo),
];

/** Every API. Each has a folder in lib/dialects (its wire format) and one in lib/http (its routes). */
export const apis: readonly Api[] = [
  native,
  docspace,
  registration,
  telnyxRegistration,
  ...slashidTokens,
  ...oauth,
  ...answers,
  telnyx,
  telnyxGrants,
  telnyxConsent,
  trackle,
  apps,
  slashid,
];

/** The API whose error format applies at this path, also for a 404. */
const apiOf = (path: string) => apis.find(({ root }) => path === root || path.startsWith(`${root}/`)) ?? plainApi;

/** The APIs whose refused requests are noted for the client's owner. */
const authorizationServerApis: readonly unknown[] = [...oauth, ...slashidTokens];

/** Every endpoint that programs call. */
export const api = new Hono<HonoEnv>({ strict: false });

api.use(httpDefaults);
for (const one of [...plainApis, ...apis]) mount(api, one);
api.notFound((call) =>
  sendAnswer(call, apiOf(call.req.path).writeFault({ status: 404, detail: 'Not Found' }, call.req.path)),
);
api.onError(async (error, call) => {
  const { path } = call.req;
  if (authorizationServerApis.includes(apiOf(path))) await noteFault(call, error);
  if (isRegistryError(error)) return sendAnswer(call, apiOf(path).writeError(error, path));
  const known = faultOf(error);
  if (!known) reportError(call.get('requestId'), error);
  return sendAnswer(call, apiOf(path).writeFault(known ?? { status: 500, detail: 'Internal Server Error' }, path));
});

const browserPaths =
  /^\/(?:oauth\/(?:authorize|end-session)(?:\/|$)|oauth2\/authorize$|v2\/oauth\/authorize$|consent\/[^/]+\/(?:answer|continue)$|device\/answer$)/;

/** Whether a path is a protocol endpoint for browsers. Such an endpoint answers only at the origin that has the session cookies. */
export const isBrowserPath = (path: string): boolean => browserPaths.test(path);

const firstSegments = new Set(
  apis.filter((one) => !one.sharedWithPages).map(({ root }) => root.split('/', 2)[1] ?? ''),
);
const apiSegments = [...firstSegments, 'logos'].map((name) => name.replaceAll('.', '\\.')).join('|');
// Next answers the paths of next-auth.
const apiPaths = new RegExp(`^/(?!api/auth/)(?:(?:${apiSegments})/|healthz$|readyz$|metrics$)`);

/** Whether Hono (`api`) answers a path, and not Next. */
export const isProgramPath = (path: string): boolean => apiPaths.test(path) || isBrowserPath(path);
