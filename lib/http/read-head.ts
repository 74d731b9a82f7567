import type { IncomingMessage } from 'node:http';

/** Headers that count as omitted if they are empty, like parameters (RFC 6749 §3.1). */
const leftOutWhenEmpty = ['authorization', 'dpop'];

/**
 * Reads as one what the head of a request may spell in several ways: the target with its host in front (RFC 9112 §3.2.2), more than one
 * space behind the scheme of Authorization (RFC 9110 §11.4), and headers without a value. The programs' router reads `rawHeaders`.
 */
export function readHead(request: IncomingMessage): void {
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
    if (!leftOutWhenEmpty.includes(name) || headers[name] !== '') continue;
    rawHeaders.splice(at, 2);
    delete headers[name];
  }
}
