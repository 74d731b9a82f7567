import { env } from '#lib/kernel/env';

/** Below each of these an API of the registry answers; a test compares them with the tables of routes. */
const registryPaths = [
  '/api/v1',
  '/api/2.0',
  '/v1',
  '/v2/oauth_clients',
  '/v2/oauth/clients',
  '/o/apps',
  '/oauth2/clients',
];

/** At these themselves clients are registered; what is below them takes the registration's own token (RFC 7592). */
const registrationPaths = ['/oauth/register', '/v2/oauth/register'];

/** What can be allowed at the registry's own APIs; a person's other powers are given to no client. */
export const registryScopes = ['clients:read', 'clients:write', 'clients:secrets', 'read', 'write'] as const;

/** Whether a scope means something at the registry and nowhere else. */
export const isRegistryOnlyScope = (scope: string): boolean => scope.startsWith('clients:');

/** The `aud` of every token for the registry, whichever of its URLs was asked for. */
export const registryAudience = (): string => env().appUrl;

/** Whether an API of the registry is at that path. */
export const isRegistryPath = (path: string): boolean =>
  registryPaths.some((root) => path === root || path.startsWith(`${root}/`)) || registrationPaths.includes(path);

/** Whether a URI names the registry: its origin, or the URL at which one of its APIs is called. */
export function isRegistryUri(uri: string): boolean {
  const [asked, own] = [canonicalUri(uri), canonicalUri(env().appUrl)];
  if (asked === own) return true;
  return asked.startsWith(own) && !/[?#]/.test(asked) && isRegistryPath(asked.slice(own.length - 1));
}

/**
 * A resource's URI in the one spelling of its meaning (RFC 3986 §6.2): scheme and host in small letters, the scheme's default port left
 * out, an empty path as `/`. The rest stays as it is, so what is no URI keeps its own meaning.
 */
export function canonicalUri(uri: string): string {
  const [, scheme = '', authority = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(uri) ?? [];
  if (scheme === '') return uri.replace(/^[a-z][a-z0-9+.-]*:/i, (found) => found.toLowerCase());
  const name = scheme.toLowerCase();
  const [host = '', port = ''] = authority.toLowerCase().split(/(:[0-9]*)$/);
  const kept = port === ':' || port === defaultPorts.get(name) ? '' : port;
  return `${name}://${host}${kept}${/^[?#]|^$/.test(rest) ? '/' : ''}${rest}`;
}

const defaultPorts = new Map([
  ['https', ':443'],
  ['http', ':80'],
]);

/** The spellings, in small letters, under which the catalogue may have a resource of that meaning. */
export function equivalentUris(uri: string): string[] {
  const meaning = canonicalUri(uri);
  const [, host = '', rest = ''] = /^([a-z0-9+.-]+:\/\/[^/?#]*)(\/.*)$/s.exec(meaning) ?? [];
  if (host === '') return [meaning.toLowerCase()];
  const port = defaultPorts.get(host.split(':', 1)[0] ?? '');
  const hosts = port === undefined ? [host] : [host, host + port];
  const rests = /^\/([?#]|$)/.test(rest) ? [rest, rest.slice(1)] : [rest];
  return hosts.flatMap((one) => rests.map((other) => (one + other).toLowerCase()));
}
