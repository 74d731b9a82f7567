import { Hono } from 'hono';
import { isRegistryError } from '../errors.ts';
import { reportError } from '../report-error.ts';
import type { Api } from './api.ts';
import { apps } from './apps/index.ts';
import type { Named } from './call.ts';
import { consent } from './consent.ts';
import { docspace } from './docspace/index.ts';
import { health } from './health.ts';
import { logos } from './logos.ts';
import { manners } from './manners.ts';
import { mount } from './mount.ts';
import { native } from './native/index.ts';
import { oauth } from './oauth/index.ts';
import { noteFault } from './oauth/note-fault.ts';
import { faultOf, plainApi } from './problems.ts';
import { registration, telnyxRegistration } from './registration/index.ts';
import { say } from './say.ts';
import { slashid, slashidTokens } from './slashid/index.ts';
import { telnyx, telnyxConsent, telnyxGrants } from './telnyx/index.ts';
import { trackle } from './trackle/index.ts';

/** One entry per API: a folder in lib/dialects for its shapes, a route table here. */
const apis: readonly Api[] = [
  native,
  docspace,
  registration,
  telnyxRegistration,
  ...slashidTokens,
  ...oauth,
  consent,
  telnyx,
  telnyxGrants,
  telnyxConsent,
  trackle,
  apps,
  slashid,
];

/** Whose shape an answer to this path has, also when nothing is there. */
const apiOf = (path: string) => apis.find(({ root }) => path === root || path.startsWith(`${root}/`)) ?? plainApi;

const ofAuthorizationServer: readonly unknown[] = [...oauth, ...slashidTokens];

/** Everything that programs call. */
export const api = new Hono<Named>({ strict: false });

api.use(manners);
api.route('/', health);
api.route('/', logos);
for (const one of apis) mount(api, one);
api.notFound((call) => say(call, apiOf(call.req.path).writeFault({ status: 404, detail: 'Not Found' }, call.req.path)));
api.onError(async (error, call) => {
  const { path } = call.req;
  if (ofAuthorizationServer.includes(apiOf(path))) await noteFault(call, error);
  if (isRegistryError(error)) return say(call, apiOf(path).writeError(error, path));
  const known = faultOf(error);
  if (!known) reportError(call.get('requestId'), error);
  return say(call, apiOf(path).writeFault(known ?? { status: 500, detail: 'Internal Server Error' }, path));
});

const browsers =
  /^\/(?:oauth\/(?:authorize|end-session)(?:\/|$)|oauth2\/authorize$|v2\/oauth\/authorize$|consent\/[^/]+\/(?:answer|continue)$)/;

/** Whether a path is answered here, but to people's browsers: it has the one origin that their cookies have. */
export const isBrowserPath = (path: string): boolean => browsers.test(path);

const programs = /^\/(api\/(?!auth\/)|v1\/|v2\/|o\/|oauth2\/|oauth\/|logos\/|\.well-known\/|healthz$|readyz$|metrics$)/;

/** Whether a path is answered here rather than by a page. */
export const isProgramPath = (path: string): boolean => programs.test(path) || isBrowserPath(path);
