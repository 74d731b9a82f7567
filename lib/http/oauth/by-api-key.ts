import { introspectOwned } from '#lib/authorization-server/tokens/by-owner';
import { writeIntrospection } from '#lib/dialects/telnyx/index';
import { RegistryError } from '#lib/kernel/errors';
import { admitToken, findCaller, hasScopes, isMember, readBearer } from '../admission.ts';
import { type Call, showPage } from '../api.ts';
import type { ApiLimits } from '../limits.ts';
import { fault } from '../problems.ts';
import { getAuthorization } from './browser-endpoints.ts';
import { forward, readPostParameters } from './client-endpoints.ts';

/** The limits of introspection with an API key: for each kind of call, as many as Telnyx's other calls may read. */
const limits: ApiLimits = {
  name: 'introspection-by-key',
  perMinute: { read: 600, create: 600, change: 600 },
  perSecond: 50,
  perSecondOf: 'each network',
};

/** Telnyx's library sends its API key with every call. The key does not authenticate a client: the body names the client. */
const withoutKey = { authorization: undefined };

const hasKey = (call: Call): boolean => readBearer(call.req.header('authorization')) !== undefined;

/** RFC 6749 §3.1. A caller with an API key is not a browser and keeps no cookies over a redirect: it gets the page itself. */
export async function getAuthorizationByKey(call: Call): Promise<Response> {
  const answer = await getAuthorization(call);
  const page = answer.headers.get('location');
  if (!hasKey(call) || !page?.startsWith('/consent/')) return answer;
  const { incoming } = call.env;
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  incoming.headers.cookie = cookies.join('; ');
  return showPage(call, page);
}

/** RFC 6749 §3.2, as a form or as JSON. @throws unauthenticated: the API key is not valid */
export async function postTokenByKey(call: Call): Promise<Response> {
  const parameters = await readPostParameters(call, { json: true });
  if (!hasKey(call)) return forward(call, 'token', parameters);
  if (!(await findCaller(call))) throw new RegistryError('unauthenticated', 'The API key is not valid.');
  return forward(call, 'token', parameters, withoutKey);
}

/** RFC 7662. A caller with an API key may introspect the tokens of all clients that the key's owner may see. */
export async function postIntrospectionByKey(call: Call): Promise<Response> {
  const parameters = await readPostParameters(call);
  if (!hasKey(call)) return forward(call, 'introspection', parameters);
  const { ctx } = await admitToken(call, { channel: 'telnyx', limits, checks: [isMember, hasScopes('clients:read')] });
  if (parameters.has('client_id') || parameters.has('client_assertion'))
    return forward(call, 'introspection', parameters, withoutKey);
  const token = parameters.get('token');
  if (token === null) throw fault(400, "missing required parameter 'token'");
  call.header('pragma', 'no-cache');
  return call.json(writeIntrospection(await introspectOwned(ctx, { token, hint: parameters.get('token_type_hint') })));
}
