import { parse } from 'tldts';

/** The domain that somebody registered, of which a host (with or without a port) is a part: `example.co.uk` of `a.b.example.co.uk:8443`; undefined for an address and for a name that is none's. */
export const registrableDomain = (host: string): string | undefined =>
  parse(host, { allowPrivateDomains: true }).domain ?? undefined;

/** Whether a host (with or without a port) is a name under which strangers have names of their own: `co.uk`, `github.io`. */
export function isPublicSuffix(host: string): boolean {
  const { hostname, publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  return hostname !== null && hostname === publicSuffix && (isIcann === true || isPrivate === true);
}
