import type { IncomingHttpHeaders } from 'node:http';

/** For how many seconds an answer counts by its own word (RFC 9111 §4.2, as a shared cache reads it); undefined where it says nothing. */
export function freshSecondsOf(headers: IncomingHttpHeaders, now = Date.now()): number | undefined {
  const control = headers['cache-control']?.toLowerCase() ?? '';
  if (/(?:^|[\s,])(?:no-store|no-cache|private)(?:$|[\s,=])/.test(control)) return 0;
  const told = ['s-maxage', 'max-age'].flatMap((name) => {
    const seconds = new RegExp(`(?:^|[\\s,])${name}="?(\\d{1,10})`).exec(control)?.[1];
    return seconds === undefined ? [] : Number(seconds);
  })[0];
  const age = /^\d{1,10}$/.test(headers.age ?? '') ? Number(headers.age) : 0;
  if (told !== undefined) return Math.max(0, told - age);
  if (headers.expires === undefined) return undefined;
  // What is no date is over already.
  const until = Date.parse(headers.expires);
  return Number.isNaN(until) ? 0 : Math.max(0, Math.floor((until - now) / 1000));
}
