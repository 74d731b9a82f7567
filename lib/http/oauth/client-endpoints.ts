import { type Answered, answerClient, answerUserinfo, type ClientRequest } from '#lib/authorization-server/answer';
import { writeRefusal } from '#lib/dialects/oauth/index';
import { env } from '#lib/kernel/env';
import type { Call } from '../api.ts';
import { readJsonObject } from '../body.ts';
import { isForm, readForm, readParameters } from '../form.ts';
import { type ApiLimits, takeFromBudget } from '../limits.ts';
import { fault } from '../problems.ts';
import { fetchDocumentOfProgram } from './client-documents.ts';

const bodyBytesMax = 48 * 1024;

type Encodings = { json?: boolean | undefined };

/** RFC 6749 §3.2. With `json` the body may also be JSON, as a vendor documents it. */
export const postToken =
  ({ json }: Encodings = {}) =>
  (call: Call) =>
    answer(call, 'token', { json });

/** RFC 7662 */
export const postIntrospection = (call: Call) => answer(call, 'introspection');

/** RFC 7662, with SlashID's `scope` parameter: a token without all of these scopes is reported as not active. */
export async function postIntrospectionForScopes(call: Call): Promise<Response> {
  const parameters = await readPostParameters(call);
  const answer = await forward(call, 'introspection', parameters);
  const wanted = parameters.get('scope')?.split(' ') ?? [];
  if (answer.status !== 200 || wanted.length === 0) return answer;
  const { scope = '' } = (await answer.clone().json()) as { scope?: string };
  const granted = scope.split(' ');
  return wanted.every((name) => granted.includes(name)) ? answer : call.json({ active: false });
}

/** RFC 8628 §3.1 */
export async function postDevice(call: Call): Promise<Response> {
  requireForm(call);
  return forward(call, 'device_authorization', await readDeviceRequest(call));
}

/** OpenID Connect Core §5.3: the token in the Authorization header, or in a form (RFC 6750 §2.2). */
export async function serveUserinfo(call: Call): Promise<Response> {
  const isPost = call.req.method === 'POST';
  const form = isPost && isForm(call) ? await readForm(call, bodyBytesMax) : undefined;
  return send(call, await answerUserinfo({ form, ...headersOf(call) }));
}

/** RFC 9126 */
export async function postPushedRequest(call: Call): Promise<Response> {
  requireForm(call);
  return forward(call, 'pushed_authorization_request', await readPushedRequest(call));
}

/** RFC 7009 */
export const postRevocation = (call: Call) => answer(call, 'revocation');

const answer = async (call: Call, endpoint: ClientRequest['endpoint'], encodings?: Encodings) =>
  forward(call, endpoint, await readPostParameters(call, encodings));

/** The parameters of a POST. @throws 400: a parameter is malformed or sent twice; 413: the body is too large; 415: its type is wrong */
export function readPostParameters(call: Call, { json }: Encodings = {}): Promise<URLSearchParams> {
  const isJson = json && /json/i.test(call.req.header('content-type') ?? '');
  return isJson ? readJsonParameters(call) : readFormParameters(call);
}

const startEndpoints: readonly ClientRequest['endpoint'][] = ['pushed_authorization_request', 'device_authorization'];

/** Forwards a request to oidc-provider and sends its answer. `authorization` is the header that authenticates the client, if any. */
export async function forward(
  call: Call,
  endpoint: ClientRequest['endpoint'],
  parameters: URLSearchParams,
  { authorization }: { authorization: string | undefined } = { authorization: call.req.header('authorization') },
): Promise<Response> {
  const emptySecret = takeEmptySecret(parameters, authorization);
  const headers = { ...headersOf(call), authorization: emptySecret ? undefined : authorization };
  await fetchDocumentOfProgram(call, parameters, startEndpoints.includes(endpoint));
  const answered = await answerClient({ endpoint, parameters, ...headers });
  if (emptySecret && answered.status === 401) call.header('www-authenticate', `Basic realm="${env().appUrl}"`);
  return send(call, answered);
}

/**
 * Whether the Basic header has an empty secret, which is the same as no secret (RFC 6749 §2.3.1). If so, sets the header's client id in
 * `parameters`, as if the client had sent only `client_id`. @throws 400: the body has another client id
 */
function takeEmptySecret(parameters: URLSearchParams, authorization: string | undefined): boolean {
  const [, encoded] = /^basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? '') ?? [];
  const [, id] = /^([^:]*):$/.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  if (id === undefined) return false;
  if (id === '') return true;
  const clientId = new URLSearchParams(`id=${id.replaceAll('&', '%26')}`).get('id') ?? '';
  const inBody = parameters.get('client_id') ?? clientId;
  if (inBody !== clientId) throw fault(400, 'client_id is not the client named in the Authorization header.');
  parameters.set('client_id', clientId);
  return true;
}

const headersOf = (call: Call) => ({
  authorization: call.req.header('authorization'),
  origin: call.req.header('origin'),
  dpop: readProof(call),
  network: call.get('network'),
});

function send(call: Call, { status, headers, body }: Answered): Response {
  const { 'content-length': _length, 'content-type': _type, ...kept } = headers;
  for (const [name, value] of Object.entries({ ...kept, 'cache-control': 'no-store', pragma: 'no-cache' }))
    for (const [at, one] of [value].flat().entries()) call.header(name, one, { append: at > 0 });
  call.status(status as Parameters<Call['status']>[0]);
  // Signed userinfo, for a client that registered it (OpenID Connect Core §5.3.2).
  if (typeof body === 'string' && body !== '')
    return call.body(body, { headers: { 'content-type': 'application/jwt' } });
  if (typeof body !== 'object' || body === null) return call.body(null);
  return call.json(status < 400 ? body : writeRefusal(body));
}

async function readFormParameters(call: Call) {
  requireForm(call);
  return readParameters(call, bodyBytesMax);
}

function requireForm(call: Call): void {
  if (!isForm(call)) throw fault(415, 'Send the body as application/x-www-form-urlencoded.');
}

/** The members of a JSON body; `null` and an empty string count as omitted. `resource` may be a list. @throws 400: another is not a string */
async function readJsonParameters(call: Call): Promise<URLSearchParams> {
  const sent = Object.entries(await readJsonObject(call, bodyBytesMax));
  const members = sent
    .flatMap(([name, value]) => (name === 'resource' ? [value].flat() : [value]).map((one) => [name, one] as const))
    .filter(([, value]) => value !== null && value !== '');
  const wrong = members.find(([, value]) => typeof value !== 'string');
  if (wrong) throw fault(400, `${JSON.stringify(wrong[0].slice(0, 80))} must be a text.`);
  return new URLSearchParams(members.map(([name, value]) => [name, String(value)]));
}

/**
 * The DPoP proof of a request (RFC 9449), if any. A proof contains the endpoint's own URL, so it is not accepted at a vendor's path.
 * @throws 400: there is a proof, and the path is a vendor's
 */
function readProof(call: Call): string | undefined {
  const proof = call.req.header('dpop');
  if (proof !== undefined && !call.req.path.startsWith('/oauth/'))
    throw fault(400, 'A DPoP proof is accepted below /oauth/ only, not at this path of the endpoint.');
  return proof;
}

/** Anyone may push a request, or start a device flow, in the name of a public client. So these requests have lower limits. */
const publicBodyBytesMax = 8 * 1024;

const limitsOf = (name: 'par' | 'device'): ApiLimits => ({
  name,
  perMinute: { read: 600, create: 600, change: 600 },
  perSecond: 20,
  perSecondOf: 'each network',
  averagedOverSeconds: 10,
});

/** The parameters of a pushed request (RFC 9126 §2.1). @throws 429: the limit is reached; 413: too large; 400: it has a request_uri */
async function readPushedRequest(call: Call): Promise<URLSearchParams> {
  await takeFromBudget(call, limitsOf('par'));
  const parameters = await readParameters(call, publicBodyBytesMax);
  if (parameters.has('request_uri')) throw fault(400, 'A pushed request cannot hold a request_uri.');
  return parameters;
}

/** The parameters of a device's request (RFC 8628 §3.1), with one resource at most. @throws 429: the limit is reached; 413: too large */
async function readDeviceRequest(call: Call): Promise<URLSearchParams> {
  await takeFromBudget(call, limitsOf('device'));
  return readParameters(call, publicBodyBytesMax, []);
}
