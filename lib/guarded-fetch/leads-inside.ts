import { isIP } from 'node:net';
import { env } from '../env.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

/**
 * Whether an address leads, by its text alone, to where nothing of a stranger's may lead: this machine or the inside of a network
 * (RFC 6890). With `CLIENTELE_ALLOW_LOOPBACK_FETCH` this machine is none of these.
 */
export function leadsInside(address: string): boolean {
  const host = URL.parse(address)?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  const ownMachine = /(?:^|\.)localhost$/.test(host) || isLoopbackAddress(host);
  if (ownMachine) return !env().allowLoopbackFetch;
  return isIP(host) > 0 && !isPublicAddress(host);
}
