import type { ClientMetadata } from '#lib/clients/rules';
import { finding, refusal } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';

export { replaceMembers } from './replace.ts';

/** Rule P3: a self-registered client acts only for people who consented, never on its own behalf. */
export function judgeOpenRegistration({ grantTypes = [] }: Partial<Pick<ClientMetadata, 'grantTypes'>>): Issue[] {
  if (!grantTypes.includes('client_credentials')) return [];
  return [refusal('grantTypes', 'P3', 'client_credentials needs a registration that somebody answers for.')];
}

type Software = Pick<ClientMetadata, 'name' | 'redirectUris'>;

/**
 * Rule M22: a client with the same software id but another name, or with redirect URIs on entirely different hosts, is a finding.
 * Redirect URIs on people's devices are not compared: they are the same for every installation.
 */
export function judgeSameSoftware(client: Software, others: readonly Software[]): Issue[] {
  const renamed = others.find(({ name }) => name !== client.name);
  if (renamed) return [finding('softwareId', 'M22', `The same software is registered as "${renamed.name}".`)];
  const hosts = hostsOf(client);
  const elsewhere = others.find((other) => {
    const theirs = hostsOf(other);
    return hosts.length > 0 && theirs.length > 0 && !theirs.some((host) => hosts.includes(host));
  });
  if (!elsewhere) return [];
  return [finding('softwareId', 'M22', 'The same software is registered with redirect URIs on other hosts.')];
}

const hostsOf = ({ redirectUris }: Software) =>
  redirectUris.flatMap((uri) => /^https:\/\/([^/?#]+)/i.exec(uri)?.[1]?.toLowerCase() ?? []);
