import { isIP } from 'node:net';
import type { Db } from '#db/client';
import { env } from '#lib/kernel/env';
import { takeFromLimit } from '#lib/rate-limits/index';
import { isLoopbackAddress, isPublicAddress } from './connect.ts';
import { type Fetched, type FetchLimits, fetchDocument } from './fetch-document.ts';

export { fetchDocument } from './fetch-document.ts';

/** As `fetchDocument`, for a JSON document with a JSON content type. */
export async function fetchJson(
  address: string,
  limits: Omit<FetchLimits, 'accept'>,
): Promise<{ ok: true; value: unknown; freshSeconds: number | undefined } | { ok: false; reason: string }> {
  const fetched = await fetchDocument(address, { ...limits, accept: 'application/json' });
  if (!fetched.ok) return fetched;
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(fetched.contentType))
    return { ok: false, reason: 'It is not sent as application/json.' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fetched.bytes);
    return { ok: true, value: JSON.parse(text), freshSeconds: fetched.freshSeconds };
  } catch {
    return { ok: false, reason: 'It is not valid JSON.' };
  }
}

/** As `fetchDocument`, but posts a form; an answer of 200 or 204 is a success. */
export const postForm = (
  address: string,
  form: Readonly<Record<string, string>>,
  limits: { timeoutMs: number },
): Promise<Fetched> =>
  fetchDocument(address, { ...limits, bytesMax: 16_384, accept: '*/*', form: new URLSearchParams(form).toString() });

/**
 * Whether the host of a URL is, by its text alone, this machine or an address of a private network (RFC 6890). A stranger's URL must not lead
 * there. With `CLIENTELE_ALLOW_LOOPBACK_FETCH`, this machine does not count.
 */
export function isInternalAddress(address: string): boolean {
  const host = URL.parse(address)?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  const ownMachine = /(?:^|\.)localhost$/.test(host) || isLoopbackAddress(host);
  if (ownMachine) return !env().allowLoopbackFetch;
  return isIP(host) > 0 && !isPublicAddress(host);
}

const perMinute = { client: 5, host: 60 };

/**
 * Counts one fetch of a client's document and returns whether it is allowed now: five fetches a minute for one client and sixty for one host,
 * by all processes together, because any client can cause fetches. Each kind of document (`what`) has its own budgets.
 */
export async function mayFetch(
  db: Db,
  what: 'jwks' | 'logo',
  { clientId, address }: { clientId: string; address: string },
): Promise<boolean> {
  const host = URL.parse(address)?.host.toLowerCase() ?? '';
  const take = async (key: string, max: number) =>
    (await takeFromLimit(db, `fetch:${what}:${key}`, { max, windowSeconds: 60 })).allowed;
  return (await take(clientId, perMinute.client)) && (await take(host, perMinute.host));
}
