import type { Issue } from '#lib/kernel/errors';
import type { ClientMetadata, Environment } from '../client.ts';
import { finding, refusal, refusalsOf } from './issue.ts';
import { isLoopbackHost, judgeUriText, splitUri } from './uri.ts';
import { judgeWebAuthority } from './web-uri.ts';

type OriginOptions = {
  environment: Environment;
  field?: string;
  max?: number;
  /** A path or another spelling is a finding, not a refusal, for APIs that document any URI as valid. */
  tolerant?: boolean;
  /** Schemes that are accepted although no browser sends them as an origin. */
  allowedSchemes?: readonly string[];
};

/** Rules on the origins that may call the token endpoint from a browser: exactly what browsers send, `https://host[:port]` in lower case. */
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
 * Returns the origins that may call the endpoints for a client from a browser: the registered origins; if there are none, the origins
 * of its redirect URIs, if the client can run in a browser without a secret. A page at a redirect URI receives the code anyway.
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

/** Returns the accepted spelling of a refused origin, or undefined if the fault is more than the spelling. */
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
