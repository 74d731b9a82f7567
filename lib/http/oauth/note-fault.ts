import { database } from '#lib/kernel/database';
import { isRegistryError } from '#lib/kernel/errors';
import { tableOf } from '#lib/kernel/table';
import { noteRefusal, type RefusalEndpoint, type RefusalReason } from '#lib/refusals/index';
import type { Call } from '../api.ts';
import { faultOf } from '../problems.ts';

const endpoints = tableOf<RefusalEndpoint>({
  authorize: 'authorize',
  par: 'par',
  token: 'token',
  tokens: 'token',
  device: 'device',
  revoke: 'revoke',
  'revoke-all': 'revoke',
  introspect: 'introspect',
  'end-session': 'end_session',
});

/** Patterns for `status detail`; the first match counts. */
const reasons: readonly [RegExp, RefusalReason][] = [
  [/^400 .*twice\.$/, 'parameter_twice'],
  [/^400 .*in the address\.$/, 'in_address'],
  [/^400 .*Authorization header\.$/, 'authentication_method'],
  [/^400 .*request_uri\.$/, 'request_uri'],
  [/^400 missing required parameter/, 'parameter'],
  [/^400 /, 'unreadable'],
  [/^405 /, 'method'],
  [/^413 /, 'too_large'],
  [/^415 /, 'content_type'],
  [/^429 /, 'rate_limited'],
];

/** The parameter names that a refusal may repeat. Any other name may be a value that was sent in the wrong place. */
const parameters = new Set(
  (
    'client_id client_secret grant_type code redirect_uri code_verifier refresh_token scope state resource token token_type_hint ' +
    'device_code client_assertion client_assertion_type response_type response_mode nonce prompt max_age login_hint acr_values ' +
    'code_challenge code_challenge_method request request_uri id_token_hint post_logout_redirect_uri ui_locales dpop_jkt'
  ).split(' '),
);

/** Stores a refusal for the client's owner, if the HTTP layer refuses a request before oidc-provider gets it. */
export async function noteFault(call: Call, error: unknown): Promise<void> {
  const endpoint = endpoints(call.req.path.split('/').findLast((part) => part !== ''));
  const known =
    isRegistryError(error) && error.code === 'rate_limited' ? { status: 429, detail: error.message } : faultOf(error);
  const [, reason] = reasons.find(([pattern]) => known && pattern.test(`${known.status} ${known.detail}`)) ?? [];
  if (!endpoint || !known || !reason) return;
  const clientId = await namedClient(call);
  if (clientId === undefined) return;
  // From the first quotation mark to the last, or to the end: the quoted name may contain quotation marks, and may be truncated.
  const description = known.detail.replace(/"(?:(.*)"|.*$)/s, (_, name) => (parameters.has(name) ? name : '…'));
  noteRefusal(database(), {
    clientId,
    endpoint,
    reason,
    error: known.status === 429 ? 'too_many_requests' : 'invalid_request',
    description,
    asked: askedOf(call, reason, known.detail),
  });
}

function askedOf(call: Call, reason: RefusalReason, detail: string): string {
  if (reason === 'method') return call.req.method;
  if (reason === 'parameter_twice') return [...parameters].find((name) => detail.includes(`"${name}"`)) ?? '';
  if (reason !== 'content_type') return '';
  const [type = ''] = (call.req.header('content-type') ?? '').split(';');
  return /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type : '';
}

const id = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
const inHeader = new RegExp(`^${id}:`, 'i');
/** A client id in a form, a query, JSON or a multipart body. */
const inText = new RegExp(`\\bclient_id"?\\s{0,4}[=:]?\\s{0,4}"?${id}(?![\\w-])`, 'gi');

/** The client id in the request's header, query or body; undefined if there is none or more than one. */
async function namedClient(call: Call): Promise<string | undefined> {
  const [, encoded = ''] = /^basic ([A-Za-z0-9+/]+={0,2})$/i.exec(call.req.header('authorization') ?? '') ?? [];
  const [, byHeader] = inHeader.exec(Buffer.from(encoded, 'base64').toString('latin1')) ?? [];
  if (byHeader !== undefined) return byHeader;
  const body = Buffer.from(call.get('sent') ?? (await readStart(call))).toString('latin1');
  const texts = [new URL(call.req.url).search, body].flatMap((text) => [...text.matchAll(inText)]);
  const clientIds = new Set(texts.map(([, found = '']) => found.toLowerCase()));
  return clientIds.size === 1 ? [...clientIds][0] : undefined;
}

const startBytesMax = 16 * 1024;

/** The first bytes of a body that was refused because of its headers. */
async function readStart(call: Call): Promise<Uint8Array> {
  const { body } = call.req.raw;
  if (!body || body.locked) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  try {
    for (let size = 0; size < startBytesMax; ) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.byteLength;
    }
  } catch {
    // The caller closed the connection: what has arrived is enough.
  }
  reader.releaseLock();
  return Buffer.concat(chunks).subarray(0, startBytesMax);
}
