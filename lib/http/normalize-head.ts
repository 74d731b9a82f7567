import type { IncomingMessage } from 'node:http';

/** Headers that count as omitted if they are empty, like parameters (RFC 6749 §3.1). */
const omittedIfEmpty = ['authorization', 'dpop'];

/**
 * Normalizes the head of a request in place. It moves the host of an absolute target to the Host header (RFC 9112 §3.2.2), reduces the
 * spaces after the scheme of Authorization to one (RFC 9110 §11.4), and removes empty headers. `rawHeaders` changes too, because Hono reads it.
 */
export function normalizeHead(request: IncomingMessage): void {
  const { headers, rawHeaders } = request;
  const [, host, rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(request.url ?? '') ?? [];
  if (host !== undefined) {
    headers.host = host.toLowerCase();
    request.url = rest.startsWith('/') ? rest : `/${rest}`;
  }
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    if (name === 'authorization' && headers.authorization) {
      headers.authorization = headers.authorization.replace(/^(\S+) +/, '$1 ');
      rawHeaders[at + 1] = headers.authorization;
    }
    if (!omittedIfEmpty.includes(name) || headers[name] !== '') continue;
    rawHeaders.splice(at, 2);
    delete headers[name];
  }
}
