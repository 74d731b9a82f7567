import { type Answered, type Asked, answerClient, answerUserinfo } from '#lib/authorization-server/answer';
import { writeRefusal } from '#lib/dialects/oauth/index';
import { env } from '#lib/kernel/env';
import type { Call } from '../api.ts';
import { readJsonObject } from '../body.ts';
import { isForm, readForm, readParameters } from '../form.ts';
import { type ApiLimits, takeFromBudget } from '../limits.ts';
import { fault } from '../problems.ts';
import { fetchDocumentOfProgram } from './client-documents.ts';

const bodyBytesMax = 48 * 1024;

type Encodings = { json?: boolean };

/** RFC 6749 §3.2; JSON where a vendor's documents have it. */
export const postToken =
  ({ json }: Encodings = {}) =>
  (call: Call) =>
    answer(call, 'token', { json });

/** RFC 7662 */
export const postIntrospection = (call: Call) => answer(call, 'introspection');

/** RFC 7662, and with `scope` as SlashID documents it: a token that was not granted all of these scopes counts as not active. */
export async function postIntrospectionForScopes(call: Call): Promise<Response> {
  const parameters = await readSent(call);
  const answer = await ask(call, 'introspection', parameters);
  const wanted = parameters.get('scope')?.split(' ') ?? [];
  if (answer.status !== 200 || wanted.length === 0) return answer;
  const { scope = '' } = (await answer.clone().json()) as { scope?: string };
  const granted = scope.split(' ');
  return wanted.every((name) => granted.includes(name)) ? answer : call.json({ active: false });
}

/** RFC 8628 §3.1 */
export async function postDevice(call: Call): Promise<Response> {
  requireForm(call);
  return ask(call, 'device_authorization', await readDeviceRequest(call));
}

/** OpenID Connect Core §5.3: by a header, or in a form (RFC 6750 §2.2). */
export async function askUserinfo(call: Call): Promise<Response> {
  const isPost = call.req.method === 'POST';
  const form = isPost && isForm(call) ? await readForm(call, bodyBytesMax) : undefined;
  return tell(call, await answerUserinfo({ form, ...headersOf(call) }));
}

/** RFC 9126 */
export async function postPushedRequest(call: Call): Promise<Response> {
  requireForm(call);
  return ask(call, 'pushed_authorization_request', await readPushedRequest(call));
}

/** RFC 7009 */
export const postRevocation = (call: Call) => answer(call, 'revocation');

const answer = async (call: Call, endpoint: Asked['endpoint'], encodings?: Encodings) =>
  ask(call, endpoint, await readSent(call, encodings));

/** The parameters of a request that a client posts. Throws 400, 413, 415. */
export function readSent(call: Call, { json }: Encodings = {}): Promise<URLSearchParams> {
  const isJson = json && /json/i.test(call.req.header('content-type') ?? '');
  return isJson ? readJsonParameters(call) : readFormParameters(call);
}

const begin: readonly Asked['endpoint'][] = ['pushed_authorization_request', 'device_authorization'];

/** What the authorization server answers; `authorization` is how the client authenticates, if it does so in a header. */
export async function ask(
  call: Call,
  endpoint: Asked['endpoint'],
  parameters: URLSearchParams,
  { authorization }: { authorization: string | undefined } = { authorization: call.req.header('authorization') },
): Promise<Response> {
  const emptySecret = takeEmptySecret(parameters, authorization);
  const headers = { ...headersOf(call), authorization: emptySecret ? undefined : authorization };
  await fetchDocumentOfProgram(call, parameters, begin.includes(endpoint));
  const answered = await answerClient({ endpoint, parameters, ...headers });
  if (emptySecret && answered.status === 401) call.header('www-authenticate', `Basic realm="${env().appUrl}"`);
  return tell(call, answered);
}

/**
 * Whether Basic was sent with an empty secret, which is no secret (RFC 6749 §2.3.1): the client that it names, if any, is then named in
 * `parameters`, as if it had sent only its `client_id`. Throws 400 where the body names another client.
 */
function takeEmptySecret(parameters: URLSearchParams, authorization: string | undefined): boolean {
  const [, encoded] = /^basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? '') ?? [];
  const [, id] = /^([^:]*):$/.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  if (id === undefined) return false;
  if (id === '') return true;
  const clientId = new URLSearchParams(`id=${id.replaceAll('&', '%26')}`).get('id') ?? '';
  const named = parameters.get('client_id') ?? clientId;
  if (named !== clientId) throw fault(400, 'client_id is not the client named in the Authorization header.');
  parameters.set('client_id', named);
  return true;
}

const headersOf = (call: Call) => ({
  authorization: call.req.header('authorization'),
  origin: call.req.header('origin'),
  dpop: readProof(call),
  network: call.get('network'),
});

function tell(call: Call, { status, headers, body }: Answered): Response {
  const { 'content-length': _length, 'content-type': _type, ...told } = headers;
  for (const [name, value] of Object.entries({ ...told, 'cache-control': 'no-store', pragma: 'no-cache' }))
    for (const [at, one] of [value].flat().entries()) call.header(name, one, { append: at > 0 });
  call.status(status as Parameters<Call['status']>[0]);
  // Userinfo for a client that wants it signed (OpenID Connect Core §5.3.2).
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

/** The members that are texts; `null` and an empty text count as left out. */
async function readJsonParameters(call: Call): Promise<URLSearchParams> {
  const members = Object.entries(await readJsonObject(call, bodyBytesMax)).filter(
    ([, value]) => value !== null && value !== '',
  );
  const wrong = members.find(([, value]) => typeof value !== 'string');
  if (wrong) throw fault(400, `${JSON.stringify(wrong[0].slice(0, 80))} must be a text.`);
  return new URLSearchParams(members);
}

/** A DPoP proof (RFC 9449), if one came. It names the address it was made for: throws 400 where another spelling of it was asked. */
function readProof(call: Call): string | undefined {
  const proof = call.req.header('dpop');
  if (proof !== undefined && !call.req.path.startsWith('/oauth/'))
    throw fault(400, 'A DPoP proof is accepted below /oauth/ only: not at this spelling of the endpoint.');
  return proof;
}

const strangersBodyBytesMax = 8 * 1024;

/** Strangers may push too, or ask as a device, in the name of public clients: what they leave here is small, and not much. */
const limitsOf = (name: 'par' | 'device'): ApiLimits => ({
  name,
  perMinute: { read: 600, create: 600, change: 600 },
  perSecond: 20,
  secondsAreOf: 'each network',
  averagedOverSeconds: 10,
});

/** The parameters of a pushed request (RFC 9126 §2.1). Throws 429, 413, and 400 for one that refers to another. */
async function readPushedRequest(call: Call): Promise<URLSearchParams> {
  await takeFromBudget(call, limitsOf('par'));
  const parameters = await readParameters(call, strangersBodyBytesMax);
  if (parameters.has('request_uri')) throw fault(400, 'A pushed request cannot hold a request_uri.');
  return parameters;
}

/** The parameters of a device's request (RFC 8628 §3.1); for one resource at most. Throws 429, 413. */
async function readDeviceRequest(call: Call): Promise<URLSearchParams> {
  await takeFromBudget(call, limitsOf('device'));
  return readParameters(call, strangersBodyBytesMax, []);
}
