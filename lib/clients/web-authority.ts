import type { Issue } from '#lib/errors';
import { refusal } from './issue.ts';
import { isDisguisedLoopback } from './loopback-host.ts';
import type { UriParts } from './uri.ts';

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const dnsName = new RegExp(`^(?=.{1,253}$)${label}(?:\\.${label})*$`, 'i');

/** Host and port of an `http` or `https` URI: one spelling that every parser reads alike (rules R1, R3, R11, R12). */
export function judgeWebAuthority(parts: UriParts, raw: string, field: string): Issue[] {
  const { scheme, host, port, userinfo } = parts;
  if (host === undefined || host === '') {
    const rest = raw.slice(scheme.length + 1).replace(/^\/+/, '');
    return [
      refusal(field, 'R1', `Write the host after two slashes: ${scheme.toLowerCase()}://${rest || 'app.example.com/'}`),
    ];
  }
  const issues: Issue[] = [];
  if (userinfo !== undefined)
    issues.push(refusal(field, 'R3', `Remove "${userinfo}@": a user name or password may not be part of it.`));
  if (port !== undefined && !(/^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65535)) {
    issues.push(refusal(field, 'R3', `Write the port as a number from 1 to 65535, or leave out ":${port}".`));
  }
  return [...issues, ...judgeHost(host, field)];
}

function judgeHost(host: string, field: string): Issue[] {
  if (host.includes('*')) return [refusal(field, 'R12', 'Name each host: wildcards are not accepted.')];
  if (host.includes('%')) return [refusal(field, 'R3', 'Write the host without percent-encoding.')];
  if (/[^\p{ASCII}]/u.test(host)) {
    const ascii = asBrowsersRead(host);
    return [
      refusal(
        field,
        'R3',
        ascii ? `Write the host in its ASCII form: ${ascii}` : 'Write the host in its ASCII (xn--) form.',
      ),
    ];
  }
  if (/^0+(?:\.0+)*$/.test(host) || host === '[::]')
    return [refusal(field, 'R11', `${host} is no host that one can be sent to; use 127.0.0.1.`)];
  const read = asBrowsersRead(host);
  const sameEverywhere = read === host.toLowerCase() && (host.startsWith('[') || dnsName.test(host));
  if (sameEverywhere) return [];
  if (isDisguisedLoopback(host))
    return [refusal(field, 'R11', `${host} is not accepted as this machine; write 127.0.0.1, [::1] or localhost.`)];
  if (host.endsWith('.'))
    return [refusal(field, 'R3', `Write the host without the dot at its end: ${host.replace(/\.+$/, '')}`)];
  return [
    refusal(
      field,
      'R3',
      read && read !== host.toLowerCase() ? `Write the host as ${read}` : `"${host}" is no valid host name.`,
    ),
  ];
}

function asBrowsersRead(host: string): string | undefined {
  try {
    return new URL(`https://${host}/`).hostname;
  } catch {
    return undefined;
  }
}
