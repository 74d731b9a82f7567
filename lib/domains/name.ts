import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import { RegistryError } from '../errors.ts';

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
