import type { Issue } from '#lib/kernel/errors';
import type { Environment } from '../client.ts';
import { finding, refusal } from './issue.ts';
import {
  isDisguisedLoopback,
  isLoopbackHost,
  judgePathAndQuery,
  judgeUriText,
  splitUri,
  type UriParts,
} from './uri.ts';

type WebUriOptions = { field: string; rule: 'M8' | 'M13' | 'M17' | 'M18'; environment: Environment };

/** Rules M8, M13, M17, M18: a URL that browsers or this server open. https; http only on loopback, in the environment `development`. */
export function judgeWebUri(raw: string, { field, rule, environment }: WebUriOptions): Issue[] {
  const issues = judgeUriText(raw, field);
  const parts = splitUri(raw);
  if (issues.length === 0 && parts === undefined) {
    issues.push(refusal(field, rule, `Write the complete address with its scheme: ${withHttps(raw)}`));
  }
  if (issues.length === 0 && parts !== undefined) {
    const scheme = parts.scheme.toLowerCase();
    if (scheme !== 'https' && scheme !== 'http')
      return [refusal(field, rule, `Use https instead of "${parts.scheme}:".`)];
    issues.push(...judgeWebAuthority(parts, raw, field), ...judgePathAndQuery(parts, field));
    const mayBePlain = environment === 'development' && isLoopbackHost(parts.host ?? '');
    if (scheme === 'http' && !mayBePlain) issues.push(refusal(field, rule, `Use https: https${raw.slice(4)}`));
    const isPage = rule === 'M13';
    if (parts.fragment !== undefined && !(isPage && /^[\w\-.~:/?@!$&'()*+,;=%]*$/.test(parts.fragment))) {
      issues.push(refusal(field, rule, `Remove "#" and what follows: ${raw.slice(0, raw.indexOf('#'))}`));
    }
  }
  return issues.map((issue) => ({ ...issue, rule }));
}

/** Rule M13: a page on a host that no redirect URI has is a finding. Without https redirect URIs nothing is compared. */
export function judgeForeignHost(raw: string, redirectUris: readonly string[], field: string): Issue[] {
  const host = httpsHost(raw);
  const hosts = redirectUris.map(httpsHost).filter((known) => known !== undefined);
  if (host === undefined || hosts.length === 0 || hosts.includes(host)) return [];
  return [finding(field, 'M13', `No redirect URI leads to ${host}; check that it is yours.`)];
}

/** `app.example.com/terms` → `https://app.example.com/terms`, for channels where the scheme is optional. */
export function withHttps(raw: string): string {
  const text = raw.trim();
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text) || /^[A-Za-z][A-Za-z0-9+-]*:(?!\d)/.test(text)) return text;
  return `https://${text.replace(/^\/+/, '')}`;
}

function httpsHost(raw: string): string | undefined {
  const parts = splitUri(raw);
  return parts?.scheme.toLowerCase() === 'https' ? parts.host?.toLowerCase() : undefined;
}

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const dnsName = new RegExp(`^(?=.{1,253}$)${label}(?:\\.${label})*$`, 'i');

/** Host and port of an `http` or `https` URI: only spellings that every parser reads alike (rules R1, R3, R11, R12). */
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
