import { type FetchLimits, fetchDocument } from './fetch-document.ts';

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
