import { env } from '#lib/kernel/env';

/** The paths of the registry's APIs, which also answer below them. A test compares them with the tables of routes. */
const registryPaths = [
  '/api/v1',
  '/api/2.0',
  '/v1',
  '/v2/oauth_clients',
  '/v2/oauth/clients',
  '/o/apps',
  '/oauth2/clients',
];

/** The paths to register a client. Below them, only a registration access token is accepted (RFC 7592), so they are no resource. */
const registrationPaths = ['/oauth/register', '/v2/oauth/register'];

/** Whether a scope is only for the registry; other resources may also have `read` and `write`. */
export const isRegistryOnlyScope = (scope: string): boolean => scope.startsWith('clients:');

/** The `aud` of every token for the registry, whichever of its URLs the client requested. */
export const registryAudience = (): string => env().appUrl;

/** Below it are the operator's operations, which take API tokens alone. */
const platformPath = '/api/v1/platform';

const isAtOrBelow = (path: string, root: string) => path === root || path.startsWith(`${root}/`);

/** Whether an API of the registry that takes access tokens is at that path. */
export const isRegistryPath = (path: string): boolean =>
  !isAtOrBelow(path, platformPath) &&
  (registryPaths.some((root) => isAtOrBelow(path, root)) || registrationPaths.includes(path));

/** Whether a URI identifies the registry: its origin, or the URL of one of its APIs. */
export function isRegistryUri(uri: string): boolean {
  const [requested, own] = [canonicalUri(uri), canonicalUri(env().appUrl)];
  if (requested === own) return true;
  return requested.startsWith(own) && !/[?#]/.test(requested) && isRegistryPath(requested.slice(own.length - 1));
}

/**
 * The canonical form of a resource's URI (RFC 3986 §6.2): scheme and host in lower case, no default port, and `/` for an empty path. The rest
 * stays as it is, and so does a text that is not a URI.
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
