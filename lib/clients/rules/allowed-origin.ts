import type { Issue } from '#lib/kernel/errors';
import type { ClientMetadata, Environment } from '../client.ts';
import { finding, refusal, refusalsOf } from './issue.ts';
import { isLoopbackHost, judgeUriText, splitUri } from './uri.ts';
import { judgeWebAuthority } from './web-uri.ts';

type OriginOptions = {
  environment: Environment;
  field?: string;
  max?: number;
  /** A channel whose documents allow any URI: a path or another spelling is a finding, not a refusal. */
  tolerant?: boolean;
  /** Schemes accepted although browsers send no such origin. */
  allowedSchemes?: readonly string[];
};

/** Origins whose browsers may call the token endpoint: exactly what they send, `https://host[:port]` in lower case. */
export function judgeAllowedOrigins(list: readonly string[], options: OriginOptions): Issue[] {
  const { field = 'allowedOrigins', max = 20 } = options;
  if (list.length > max) return [refusal(field, 'origin', `Allow at most ${max} origins.`)];
  return list.flatMap((raw, index) => {
    const first = list.indexOf(raw);
    if (first < index) return [refusal(`${field}.${index}`, 'origin', `Remove it: it repeats number ${first + 1}.`)];
    return judgeOrigin(raw, options, `${field}.${index}`);
  });
}

function judgeOrigin(raw: string, options: OriginOptions, field: string): Issue[] {
  const { environment, tolerant = false, allowedSchemes = [] } = options;
  const unreadable = judgeUriText(raw, field);
  if (unreadable.length > 0) return unreadable.map(asOrigin);
  if (raw.includes('*')) return [refusal(field, 'origin', 'Name each origin: wildcards are not accepted.')];
  const parts = splitUri(raw);
  const scheme = parts?.scheme.toLowerCase();
  if (parts === undefined || scheme === undefined) {
    return [refusal(field, 'origin', `Write the scheme as well: https://${raw.replace(/^\/+/, '')}`)];
  }
  if (allowedSchemes.includes(scheme)) return [];
  if (scheme !== 'https' && scheme !== 'http') return [refusal(field, 'origin', 'Use https.')];
  const authority = judgeWebAuthority(parts, raw, field).map(asOrigin);
  if (authority.length > 0) return authority;
  if (scheme === 'http' && !(environment === 'development' && isLoopbackHost(parts.host ?? ''))) {
    return [refusal(field, 'origin', `Use https: https${raw.slice(4)}`)];
  }
  const { origin } = new URL(raw);
  if (origin === raw) return [];
  return [(tolerant ? finding : refusal)(field, 'origin', `Browsers send ${origin}; write it like that.`)];
}

function asOrigin(issue: Issue): Issue {
  return { ...issue, rule: 'origin' };
}

type Caller = Pick<ClientMetadata, 'applicationType' | 'environment' | 'secretOptional'> & {
  allowedOrigins: readonly string[];
  redirectUris: readonly string[];
  tokenEndpointAuthMethod: string;
  /** RFC 7591 has no member for origins. */
  selfRegistered?: boolean;
};

/**
 * The origins of the pages that may call the endpoints for a client: those it registered; if none, those of its redirect URIs, if it may
 * run in a browser without a secret. A page there receives the code anyway.
 */
export function callingOrigins(client: Caller): readonly string[] {
  const { allowedOrigins, redirectUris, applicationType, environment, selfRegistered = false } = client;
  if (allowedOrigins.length > 0) return allowedOrigins;
  const needsNoSecret = client.tokenEndpointAuthMethod === 'none' || client.secretOptional;
  if (!selfRegistered && applicationType !== 'spa' && !(applicationType === 'web' && needsNoSecret)) return [];
  const loopback = selfRegistered || environment === 'development';
  const origins = redirectUris.flatMap((uri) => {
    const { protocol, hostname, origin } = URL.parse(uri) ?? {};
    const counts = protocol === 'https:' || (protocol === 'http:' && loopback && isLoopbackHost(hostname ?? ''));
    return counts && origin !== undefined ? [origin] : [];
  });
  return [...new Set(origins)];
}

/** What the rule book would accept instead of a refused origin, when that is only a matter of spelling; undefined when its owner has to decide. */
export function suggestOrigin(raw: string, environment: Environment): string | undefined {
  const acceptable = (origin: string) => refusalsOf(judgeAllowedOrigins([origin], { environment })).length === 0;
  if (acceptable(raw)) return undefined;
  const text = raw.trim();
  const complete = /^(?:\/\/)?[^/:]+\.[^/]/.test(text) ? `https://${text.replace(/^\/+/, '')}` : text;
  if (!/^https?:/i.test(complete) || !URL.canParse(complete)) return undefined;
  const { origin, host, hostname, username, password } = new URL(complete);
  if (username || password) return undefined;
  const secure = isLoopbackHost(hostname) ? origin : `https://${host}`;
  return [origin, secure].find(acceptable);
}
