import type { ApplicationType, Environment } from '../client.ts';
import { isLoopbackHost, splitUri } from './uri.ts';

type Place = { applicationType: ApplicationType; environment: Environment; redirectUris: readonly string[] };
type Credentials = { tokenEndpointAuthMethod: string; secretOptional: boolean };

/** RFC 8252 §7: whether a redirect URI leads to a program on a person's device, by http on loopback or by a custom scheme. */
export function redirectsToDevice({ redirectUris, environment }: Pick<Place, 'redirectUris' | 'environment'>): boolean {
  return redirectUris.some((uri) => {
    const scheme = splitUri(uri)?.scheme.toLowerCase();
    if (scheme === 'http') return environment !== 'development' && isPlainLoopback(uri);
    return scheme !== undefined && scheme !== 'https';
  });
}

/** Whether the client is a program on people's devices, by its type or by its redirect URIs. */
export const isInstalled = (client: Place): boolean => client.applicationType === 'native' || redirectsToDevice(client);

/**
 * Whether the client's authentication proves its identity. RFC 8252 §8.5: an installed program cannot keep a secret, so it counts as
 * public even if it has a secret or a key.
 */
export function isConfidential(client: Place & Credentials): boolean {
  return client.tokenEndpointAuthMethod !== 'none' && !client.secretOptional && !isInstalled(client);
}

export function isPlainLoopback(uri: string): boolean {
  const parts = splitUri(uri);
  return parts?.scheme.toLowerCase() === 'http' && isLoopbackHost(parts.host ?? '');
}
