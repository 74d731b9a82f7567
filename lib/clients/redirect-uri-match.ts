import type { ApplicationType } from './client.ts';

const loopbackIp = /^http:\/\/(?:127\.0\.0\.1|\[::1\])(?::(\d+))?(?=[/?]|$)/;
const localhost = /^http:\/\/localhost(?::(\d+))?(?=[/?]|$)/;
const portlessLocalhost = /^http:\/\/localhost(?=[/?]|$)/;

/**
 * Rule R10: whether a requested redirect URI is the registered one. Plain comparison of strings; the one exception is the
 * port of an `http` URI on a loopback address (RFC 8252 §7.3). A native client listens on whatever port is free, so `localhost`
 * registered without a port stands for any port as well (rule R8).
 */
export function redirectUriMatches(
  registered: string,
  requested: string,
  { applicationType }: { applicationType?: ApplicationType } = {},
): boolean {
  if (registered === requested) return true;
  const byName = applicationType === 'native' && portlessLocalhost.test(registered);
  const host = byName ? localhost : loopbackIp;
  const known = host.exec(registered);
  const asked = host.exec(requested);
  if (!known || !asked || !isPort(asked[1])) return false;
  return withoutPort(registered, known) === withoutPort(requested, asked);
}

function withoutPort(uri: string, [start, port]: RegExpExecArray): string {
  return (port === undefined ? start : start.slice(0, -port.length - 1)) + uri.slice(start.length);
}

function isPort(text: string | undefined): boolean {
  return text === undefined || (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535);
}
