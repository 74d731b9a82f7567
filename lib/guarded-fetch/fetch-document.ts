import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { env } from '#lib/kernel/env';
import { connectTo, isLoopbackAddress, isPublicAddress, refusedAddress } from './connect.ts';

/** The bytes of a document, or the reason why it could not be fetched. The reason may be shown to the person who entered the URL. */
export type Fetched =
  | { ok: true; bytes: Uint8Array; contentType: string; freshSeconds?: number | undefined }
  | { ok: false; reason: string };

export type FetchLimits = {
  bytesMax: number;
  timeoutMs: number;
  accept: string;
  /** A form to send by POST, instead of a GET. */
  form?: string;
};

/**
 * Fetches a URL from a stranger's metadata by GET, or by POST with a form. It uses only https and public addresses, follows no redirect,
 * accepts only an answer of 200, and stops at `bytesMax` and at `timeoutMs` (for the whole fetch). With `CLIENTELE_ALLOW_LOOPBACK_FETCH` it
 * also fetches from this machine, there by http as well. Never throws.
 */
export async function fetchDocument(address: string, limits: FetchLimits): Promise<Fetched> {
  const url = URL.parse(address);
  if (url?.username !== '' || url.password !== '') return failed('It is not a URL that can be fetched.');
  const ownMachine = env().allowLoopbackFetch;
  if (url.protocol !== 'https:' && !(ownMachine && url.protocol === 'http:' && namesThisMachine(url)))
    return failed('Only https is fetched.');
  const isAllowed = (ip: string) => isPublicAddress(ip) || (ownMachine && isLoopbackAddress(ip));
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  let socket: Socket | undefined;
  try {
    socket = await connectTo(url, isAllowed, timeout);
    return await sendRequest(url, socket, limits, timeout);
  } catch (error) {
    return failed(reasonOf(error, timeout));
  } finally {
    socket?.destroy();
  }
}

async function sendRequest(url: URL, socket: Socket, limits: FetchLimits, signal: AbortSignal): Promise<Fetched> {
  const { form } = limits;
  const sent = request({
    method: form === undefined ? 'GET' : 'POST',
    createConnection: () => socket,
    path: url.pathname + url.search,
    headers: {
      host: url.host,
      accept: limits.accept,
      'accept-encoding': 'identity',
      'user-agent': 'Clientele',
      ...(form !== undefined && {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(form),
      }),
    },
    signal,
  });
  sent.on('error', () => undefined); // `once` below reports errors; later ones have no listener
  sent.end(form);
  const [answer] = (await once(sent, 'response', { signal })) as [IncomingMessage];
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) return failed('It redirects, and redirects are not followed.');
  if (form !== undefined && status === 204) return { ok: true, bytes: new Uint8Array(), contentType: '' };
  if (status !== 200) return failed(`It answers ${status} instead of 200.`);
  // A small compressed body may decompress to a large one.
  if ((answer.headers['content-encoding'] ?? 'identity') !== 'identity') return failed('It is sent compressed.');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > limits.bytesMax) return failed(`It is larger than ${limits.bytesMax} bytes.`);
    chunks.push(chunk);
  }
  const { 'content-type': contentType = '' } = answer.headers;
  return { ok: true, bytes: Buffer.concat(chunks), contentType, freshSeconds: freshSecondsOf(answer.headers) };
}

const failed = (reason: string): Fetched => ({ ok: false, reason });

const namesThisMachine = ({ hostname }: URL) =>
  hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[(.*)\]$/, '$1'));

function reasonOf(error: unknown, timeout: AbortSignal): string {
  if (timeout.aborted) return 'It did not answer in time.';
  const refused = error instanceof Error && 'code' in error && error.code === 'ADDRESS_REFUSED';
  return refused ? refusedAddress : 'It cannot be reached.';
}

/** The freshness lifetime of an answer in seconds (RFC 9111 §4.2, for a shared cache); undefined if its headers have none. */
export function freshSecondsOf(headers: IncomingHttpHeaders, now = Date.now()): number | undefined {
  const control = headers['cache-control']?.toLowerCase() ?? '';
  if (/(?:^|[\s,])(?:no-store|no-cache|private)(?:$|[\s,=])/.test(control)) return 0;
  const maxAge = ['s-maxage', 'max-age'].flatMap((name) => {
    const seconds = new RegExp(`(?:^|[\\s,])${name}="?(\\d{1,10})`).exec(control)?.[1];
    return seconds === undefined ? [] : Number(seconds);
  })[0];
  const age = /^\d{1,10}$/.test(headers.age ?? '') ? Number(headers.age) : 0;
  if (maxAge !== undefined) return Math.max(0, maxAge - age);
  if (headers.expires === undefined) return undefined;
  // RFC 9111 §5.3: an invalid date means expired.
  const until = Date.parse(headers.expires);
  return Number.isNaN(until) ? 0 : Math.max(0, Math.floor((until - now) / 1000));
}
