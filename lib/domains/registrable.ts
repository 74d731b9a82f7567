import { parse } from 'tldts';

/** The domain that somebody registered, of which a host (with or without a port) is a part: `example.co.uk` of `a.b.example.co.uk:8443`; undefined for an address and for a name that is none's. */
export const registrableDomain = (host: string): string | undefined =>
  parse(host, { allowPrivateDomains: true }).domain ?? undefined;
