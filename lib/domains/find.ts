import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import type { Db } from '#db/client';
import { selectDomains, selectLongestDomain } from '#db/queries/domains';
import { powersIn, requireTokenScope } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';

/** The verified domains of an organization, by name; for every member. @throws not_found: the actor is not a member */
export async function listDomains(ctx: Context, organizationId: string): Promise<Domain[]> {
  requireTokenScope(ctx, 'org:admin', 'clients:read', 'clients:write', 'read');
  powersIn(ctx, organizationId);
  return selectDomains(ctx.db, organizationId);
}

/**
 * The verified domain that is equal to a host or above it (in ASCII, as in URLs). Of several, the longest: a subdomain may belong to another
 * organization than its parent. It authorizes nobody; callers only compare the owner.
 */
export const findDomainOfHost = (db: Db, host: string): Promise<Domain | undefined> =>
  selectLongestDomain(db, namesAbove(host));

/** A domain that is verified as an organization's. */
export type Domain = {
  /** In ASCII and lower case: `xn--bcher-kva.example`. */
  domain: string;
  organizationId: string;
  method: 'operator';
  verifiedBy: string | null;
  verifiedAt: Date;
};

type Owner = { organizationId: string; metadataUrl: string | null; selfRegistered: boolean };

/**
 * The verified domain of a client's publisher that contains the host of an https redirect URI (rule N5); undefined if there is none. A
 * metadata document proves only its own host and port. A self-registered app has no publisher, so nothing is proved.
 */
export async function provedDomain(
  db: Db,
  { organizationId, metadataUrl, selfRegistered }: Owner,
  redirectUri: string | undefined,
): Promise<string | undefined> {
  const url = redirectUri?.startsWith('https://') ? URL.parse(redirectUri) : null;
  if (!url) return undefined;
  if (metadataUrl !== null) return isOwnHost(metadataUrl, url.host) ? url.host : undefined;
  if (selfRegistered) return undefined;
  const domain = await findDomainOfHost(db, url.hostname);
  return domain?.organizationId === organizationId ? domain.domain : undefined;
}

const isOwnHost = (metadataUrl: string, host: string): boolean =>
  URL.parse(metadataUrl)?.host === host && !isPublicSuffix(host);

/**
 * The registrable domain of a host, with or without a port: `example.co.uk` for `a.b.example.co.uk:8443`. Undefined for an IP address and for
 * a public suffix.
 */
export const registrableDomain = (host: string): string | undefined =>
  parse(host, { allowPrivateDomains: true }).domain ?? undefined;

/** Whether a host (with or without a port) is a public suffix: anyone may register names below it, as below `co.uk` and `github.io`. */
export function isPublicSuffix(host: string): boolean {
  const { hostname, publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  return hostname !== null && hostname === publicSuffix && (isIcann === true || isPrivate === true);
}

const lengthMax = 253;
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** Characters that separate the parts of a URL, so that a text with one of them is not a domain alone. */
const urlSigns = /[\s/:?#@%\\]/;
const dnsName = new RegExp(`^(?=.{1,${lengthMax}}$)(?:${label}\\.)+${label}$`);

/**
 * Reads a domain into the form that is compared: in ASCII and lower case, without a final dot.
 * @throws invalid_metadata: not a domain name, or a public suffix (`com`, `co.uk`, `github.io`)
 */
export function readDomain(raw: string): string {
  const text = raw.trim();
  const name = urlSigns.test(text) ? '' : domainToASCII(text).replace(/\.$/, '');
  const { isIp, domain } = parse(name, { allowPrivateDomains: true });
  if (!dnsName.test(name) || isIp) throw refuse('Write a domain name alone, like example.com.');
  if (name.endsWith('.localhost')) throw refuse('Every machine uses this name for itself.');
  if (domain === null) throw refuse('Anyone can register a domain below this one: it cannot be one organization’s.');
  return name;
}

const refuse = (message: string) => new RegistryError('invalid_metadata', message, { field: 'domain' });

/** A host and all domains above it, the longest first: `a.b.example`, `b.example`, `example`. Empty if the host is too long for a name. */
export function namesAbove(host: string): string[] {
  if (host.length > lengthMax) return [];
  const labels = host.toLowerCase().split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}
