import type { Issue } from '#lib/kernel/errors';
import { refusal } from './issue.ts';

export type UriParts = {
  scheme: string;
  userinfo: string | undefined;
  /** As written; IPv6 keeps its brackets. Undefined without `//`. */
  host: string | undefined;
  port: string | undefined;
  path: string;
  query: string | undefined;
  fragment: string | undefined;
};

export const uriLengthMax = 2048;

const generic = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const hostAndPort = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s;

/** Splits an absolute URI as in RFC 3986 appendix B, without changing it. URL parsers repair their input, so none is used (rule R1). */
export function splitUri(raw: string): UriParts | undefined {
  const [, scheme, authority, path, query, fragment] = generic.exec(raw) ?? [];
  if (scheme === undefined) return undefined;
  const at = authority?.lastIndexOf('@') ?? -1;
  const [, host, port] = authority === undefined ? [] : (hostAndPort.exec(authority.slice(at + 1)) ?? ['', authority]);
  return {
    scheme,
    userinfo: at < 0 ? undefined : authority?.slice(0, at),
    host,
    port,
    path: path ?? '',
    query,
    fragment,
  };
}

/** Returns the URI with scheme and host in lower case. */
export function lowerCaseForm(raw: string): string {
  const start = /^[^:/?#]*:(?:\/\/[^/?#]*)?/.exec(raw)?.[0] ?? '';
  return start.toLowerCase() + raw.slice(start.length);
}

/** Rules R1 and R3 on every kind of URI: characters that the raw string may not contain. Checked before any parsing. */
export function judgeUriText(raw: string, field: string): Issue[] {
  if (raw === '') return [refusal(field, 'R1', 'Enter a complete URI, such as https://app.example.com/callback.')];
  if (raw.length > uriLengthMax) return [refusal(field, 'R3', `Shorten it to ${uriLengthMax} characters or fewer.`)];
  if (/\p{Cs}/u.test(raw)) return [refusal(field, 'R3', 'Remove the broken character (half of a surrogate pair).')];
  if (/[\p{Cc}\p{Z}]/u.test(raw)) {
    return [refusal(field, 'R3', 'Remove spaces, line breaks and control characters; write a space as %20.')];
  }
  const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u.exec(raw)?.[0].codePointAt(0);
  if (invisible !== undefined) {
    const code = invisible.toString(16).toUpperCase().padStart(4, '0');
    return [refusal(field, 'R3', `Remove the invisible character U+${code}.`)];
  }
  if (raw.includes('\\'))
    return [refusal(field, 'R3', 'Replace the backslash by a slash: "\\" is read differently by different programs.')];
  return [];
}

/** Path and query: URI characters only, and percent-encoding of well-formed UTF-8 without control characters. */
export function judgePathAndQuery({ path, query = '' }: UriParts, field: string): Issue[] {
  const text = query === '' ? path : `${path}?${query}`;
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) {
    return [
      refusal(field, 'R1', 'Write a literal percent sign as %25: "%" must be followed by two hexadecimal digits.'),
    ];
  }
  const foreign = /[^A-Za-z0-9\-._~:/?@!$&'()*+,;=%]/u.exec(text)?.[0];
  if (foreign !== undefined) {
    return [refusal(field, 'R1', `Write "${foreign}" percent-encoded, as ${encodeURIComponent(foreign)}.`)];
  }
  if (/%(?:[01][0-9A-Fa-f]|7[Ff])/.test(text))
    return [refusal(field, 'R3', 'Remove the percent-encoded control character.')];
  try {
    decodeURIComponent(text);
  } catch {
    return [refusal(field, 'R3', 'Percent-encode the characters as UTF-8: these bytes are no valid UTF-8.')];
  }
  return [];
}

/** Whether a path segment is `.` or `..`, plain, percent-encoded (also repeatedly) or followed by `;parameters`. */
export function hasDotSegment(path: string): boolean {
  const character = (code: string) => String.fromCharCode(Number.parseInt(code.slice(1), 16));
  let decoded = path;
  for (let before = ''; before !== decoded; ) {
    before = decoded;
    decoded = decoded.replace(/%(?:2e|2f|3b|5c|25)/gi, character);
  }
  return decoded.split(/[/\\]/).some((segment) => /^\.\.?(?:;|$)/.test(segment));
}

const literals = ['127.0.0.1', '[::1]', 'localhost'];

/** Whether a host is one of the three loopback spellings that a redirect URI may use, in any letter case (rules R7, R8). */
export function isLoopbackHost(host: string): boolean {
  return literals.includes(host.toLowerCase());
}

/** Whether a host is another spelling of loopback: `127.1`, `0x7f.1`, `localhost.`, `[::ffff:127.0.0.1]`, `0.0.0.0` (rule R11). */
export function isDisguisedLoopback(host: string): boolean {
  if (isLoopbackHost(host)) return false;
  const name = host.toLowerCase().replace(/\.+$/, '');
  if (/(?:^|\.)localhost$/.test(name) || /^(?:localhost\.localdomain|ip6-localhost|ip6-loopback)$/.test(name))
    return true;
  const address = addressOf(host);
  return (
    /^(?:127|0)\.\d+\.\d+\.\d+$/.test(address) || /^\[::(?:1|(?:ffff:)?(?:7f[0-9a-f]{2}|0):[0-9a-f]+)?\]$/.test(address)
  );
}

/** Returns the host as browsers parse it, or `''` if they cannot. */
function addressOf(host: string): string {
  try {
    return new URL(`http://${host}/`).hostname;
  } catch {
    return '';
  }
}
