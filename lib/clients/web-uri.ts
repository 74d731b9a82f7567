import type { Issue } from '#lib/errors';
import type { Environment } from './client.ts';
import { finding, refusal } from './issue.ts';
import { isLoopbackHost } from './loopback-host.ts';
import { judgePathAndQuery, judgeUriText, splitUri } from './uri.ts';
import { judgeWebAuthority } from './web-authority.ts';

type WebUriOptions = { field: string; rule: 'M8' | 'M13' | 'M17' | 'M18'; environment: Environment };

/** Rules M13, M17, M18: an address that people or this server open. https; http only on this machine, in development. */
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

/** Rule M13: a page on a host that no redirect URI leads to is a finding. Without https redirect URIs there is nothing to compare. */
export function judgeForeignHost(raw: string, redirectUris: readonly string[], field: string): Issue[] {
  const host = httpsHost(raw);
  const hosts = redirectUris.map(httpsHost).filter((known) => known !== undefined);
  if (host === undefined || hosts.length === 0 || hosts.includes(host)) return [];
  return [finding(field, 'M13', `No redirect URI leads to ${host}; check that it is yours.`)];
}

/** `app.example.com/terms` → `https://app.example.com/terms`, for channels that allow the scheme to be left out. */
export function withHttps(raw: string): string {
  const text = raw.trim();
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text) || /^[A-Za-z][A-Za-z0-9+-]*:(?!\d)/.test(text)) return text;
  return `https://${text.replace(/^\/+/, '')}`;
}

function httpsHost(raw: string): string | undefined {
  const parts = splitUri(raw);
  return parts?.scheme.toLowerCase() === 'https' ? parts.host?.toLowerCase() : undefined;
}
