import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import type { Db } from '#db/client';
import { selectDomains, selectLongestDomain } from '#db/queries/domains';
import { powersIn, requireTokenScope } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';

/** The domains of an organization by name; every member sees them. Throws `not_found` for a stranger. */
export async function listDomains(ctx: Context, organizationId: string): Promise<Domain[]> {
  requireTokenScope(ctx, 'org:admin', 'clients:read', 'clients:write', 'read');
  powersIn(ctx, organizationId);
  return selectDomains(ctx.db, organizationId);
}

/**
 * The domain at or above a host (in ASCII, as URLs have it) whose owner is known; the nearest, so that a part which is somebody
 * else's is not its parent's owner's. For any caller: whose it is is not told, but compared.
 */
export const findDomainOfHost = (db: Db, host: string): Promise<Domain | undefined> =>
  selectLongestDomain(db, namesAbove(host));

/** A domain of which it was proved that it is the organization's. */
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
 * The domain proved to be that of a client's publisher under which a redirect URI leads by https (rule N5). A metadata document proves
 * its own host and port only. A self-registered app has no publisher. Undefined if nothing is proved.
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

/** The domain that somebody registered, of which a host (with or without a port) is a part: `example.co.uk` of `a.b.example.co.uk:8443`; undefined for an address and for a name that is none's. */
export const registrableDomain = (host: string): string | undefined =>
  parse(host, { allowPrivateDomains: true }).domain ?? undefined;

/** Whether a host (with or without a port) is a name under which strangers have names of their own: `co.uk`, `github.io`. */
export function isPublicSuffix(host: string): boolean {
  const { hostname, publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  return hostname !== null && hostname === publicSuffix && (isIcann === true || isPrivate === true);
}

const lengthMax = 253;
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** Around these, or without them, a reader of URLs would find a host. */
const ofUrls = /[\s/:?#@%\\]/;
const dnsName = new RegExp(`^(?=.{1,${lengthMax}}$)(?:${label}\\.)+${label}$`);

/**
 * A domain as it is compared: in ASCII and lower case, without a dot at its end. Throws `invalid_metadata` for what is no domain
 * name, and for one under which strangers have names of their own (a public suffix: `com`, `co.uk`, `github.io`).
 */
export function readDomain(raw: string): string {
  const written = raw.trim();
  const name = ofUrls.test(written) ? '' : domainToASCII(written).replace(/\.$/, '');
  const { isIp, domain } = parse(name, { allowPrivateDomains: true });
  if (!dnsName.test(name) || isIp) throw refuse('Write a domain name alone, like example.com.');
  if (name.endsWith('.localhost')) throw refuse('It leads to every machine itself.');
  if (domain === null) throw refuse('Under this name anyone can have one: it cannot be one organization’s.');
  return name;
}

const refuse = (message: string) => new RegistryError('invalid_metadata', message, { field: 'domain' });

/** A host and every name above it, the longest first: `a.b.example`, `b.example`, `example`. None for what is longer than a name can be. */
export function namesAbove(host: string): string[] {
  if (host.length > lengthMax) return [];
  const labels = host.toLowerCase().split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}
