import { env } from '../env.ts';

/** Below each of these an API of the registry answers. */
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
export const isOfRegistry = (scope: string): boolean => scope.startsWith('clients:');

/** The `aud` of every token for the registry, whichever of its URLs was asked for. */
export const registryAudience = (): string => env().appUrl;

/** Whether an API of the registry is at that path. */
export const isRegistryPath = (path: string): boolean =>
  registryPaths.some((root) => path === root || path.startsWith(`${root}/`)) || registrationPaths.includes(path);

/** Whether a URI names the registry: its origin, or the URL at which one of its APIs is called. */
export function isRegistryUri(uri: string): boolean {
  const { appUrl } = env();
  if (uri === appUrl || uri === `${appUrl}/`) return true;
  return uri.startsWith(`${appUrl}/`) && !/[?#]/.test(uri) && isRegistryPath(uri.slice(appUrl.length));
}
