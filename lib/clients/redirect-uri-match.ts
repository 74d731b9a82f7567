const loopbackIp = /^http:\/\/(?:127\.0\.0\.1|\[::1\])(?::(\d+))?(?=[/?]|$)/;

/**
 * Rule R10: whether a requested redirect URI is the registered one. Plain comparison of strings; the one exception is the
 * port of an `http` URI on a loopback address (RFC 8252 §7.3).
 */
export function redirectUriMatches(registered: string, requested: string): boolean {
  if (registered === requested) return true;
  const known = loopbackIp.exec(registered);
  const asked = loopbackIp.exec(requested);
  if (!known || !asked || !isPort(asked[1])) return false;
  return withoutPort(registered, known) === withoutPort(requested, asked);
}

function withoutPort(uri: string, [start, port]: RegExpExecArray): string {
  return (port === undefined ? start : start.slice(0, -port.length - 1)) + uri.slice(start.length);
}

function isPort(text: string | undefined): boolean {
  return text === undefined || (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535);
}
