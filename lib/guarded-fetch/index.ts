import { isIP } from 'node:net';
import type { Db } from '#db/client';
import { env } from '#lib/kernel/env';
import { takeFromLimit } from '#lib/rate-limits/index';
import { isLoopbackAddress, isPublicAddress } from './connect.ts';
import { type Fetched, type FetchLimits, fetchDocument } from './fetch-document.ts';

export { fetchDocument } from './fetch-document.ts';

/** As `fetchDocument`, for a JSON document that says it is one. */
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
    return { ok: false, reason: 'It is no JSON.' };
  }
}

/** As `fetchDocument`, but sends a form; an answer of 200 or 204 says that it arrived. */
export const postForm = (
  address: string,
  form: Readonly<Record<string, string>>,
  limits: { timeoutMs: number },
): Promise<Fetched> =>
  fetchDocument(address, { ...limits, bytesMax: 16_384, accept: '*/*', form: new URLSearchParams(form).toString() });

/**
 * Whether an address leads, by its text alone, to where nothing of a stranger's may lead: this machine or the inside of a network
 * (RFC 6890). With `CLIENTELE_ALLOW_LOOPBACK_FETCH` this machine is none of these.
 */
export function isInternalAddress(address: string): boolean {
  const host = URL.parse(address)?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  const ownMachine = /(?:^|\.)localhost$/.test(host) || isLoopbackAddress(host);
  if (ownMachine) return !env().allowLoopbackFetch;
  return isIP(host) > 0 && !isPublicAddress(host);
}

const perMinute = { client: 5, host: 60 };

/**
 * Whether the host of an address may be asked for a client's document now: five times a minute for one client and sixty times in all, since
 * anybody can make us ask; whichever process asks. `what` has a budget of its own.
 */
export async function mayFetch(
  db: Db,
  what: 'jwks' | 'logo',
  { clientId, address }: { clientId: string; address: string },
): Promise<boolean> {
  const host = URL.parse(address)?.host.toLowerCase() ?? '';
  const take = async (whom: string, max: number) =>
    (await takeFromLimit(db, `fetch:${what}:${whom}`, { max, windowSeconds: 60 })).allowed;
  return (await take(clientId, perMinute.client)) && (await take(host, perMinute.host));
}
