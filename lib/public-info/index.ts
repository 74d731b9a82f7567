import type { Db } from '#db/client';
import { selectPublicClients } from '#db/queries/public-info';
import { isUuid } from '#lib/kernel/values';

export { type Standing, standingOf, standingOfRequest } from './rules.ts';

/** The public data of a client. The texts of its developer are only claims (rule M14). */
export type PublicClient = {
  clientId: string;
  name: string;
  description: string;
  /** The name of the organization that owns it. */
  publisher: string;
  clientUri: string | null;
  policyUri: string | null;
  tosUri: string | null;
  /** SHA-256 of the logo at `/logos/<hash>.png`, or null. */
  logoHash: string | null;
  /** The developer's texts by BCP 47 tag (`name#it`). */
  localized: Record<string, PublicTexts>;
  scopes: string[];
  tokenEndpointAuthMethod: string;
  secretOptional: boolean;
  /** A program on people's devices: it cannot keep a secret, even if it has one (RFC 8252 §8.5). */
  installed: boolean;
  openToOtherOrganizations: boolean;
  status: 'active' | 'disabled' | 'suspended';
  /** There is a redirect URI, and every redirect URI is https on a verified domain of the publisher. */
  verified: boolean;
  createdAt: Date;
  updatedAt: Date;
  /** It registered itself without a person of this platform (rule P3): it has no publisher. */
  selfRegistered: boolean;
  /** The URL of its metadata document, if it has one. */
  metadataUrl: string | null;
  /** The operator marked it as the platform's own. */
  firstParty: boolean;
  /** Some redirect URI is https. */
  hasWebsite: boolean;
  /** Some redirect URI is https on a verified domain of the publisher. */
  hasProvedWebsite: boolean;
};

export type PublicTexts = { name?: string; clientUri?: string; tosUri?: string; policyUri?: string };

type Facts = Pick<
  PublicClient,
  'installed' | 'metadataUrl' | 'secretOptional' | 'selfRegistered' | 'tokenEndpointAuthMethod'
>;

/**
 * Rules A3, P3 and C7: whether an earlier grant may replace the consent page. Not for clients that another program can impersonate
 * (self-registered, installed, or without a required secret), unless the redirect URI is on a domain that the publisher has proved to
 * own (`proved`). `website`: the redirect URI is https.
 */
export function maySkipConsent(client: Facts, { website, proved }: { website: boolean; proved: boolean }): boolean {
  if (client.metadataUrl !== null) return proved;
  if (client.selfRegistered || !website) return false;
  const confidential = client.tokenEndpointAuthMethod !== 'none' && !client.secretOptional && !client.installed;
  return confidential || proved;
}

/** Whether the client needs consent for every authorization, whatever its redirect URI. */
export const needsConsentEachTime = (client: Facts & Pick<PublicClient, 'hasWebsite' | 'hasProvedWebsite'>): boolean =>
  !maySkipConsent(client, { website: client.hasWebsite, proved: client.hasProvedWebsite });

/** Returns the public data of a client; undefined for an unknown or malformed id. */
export async function findPublicClient(db: Db, clientId: string): Promise<PublicClient | undefined> {
  const [client] = await findPublicClients(db, [clientId]);
  return client;
}

/** As `findPublicClient` for several ids, in their order and without duplicates; unknown ids are skipped. */
export async function findPublicClients(db: Db, clientIds: readonly string[]): Promise<PublicClient[]> {
  const wanted = [...new Set(clientIds.filter((id) => isUuid(id)).map((id) => id.toLowerCase()))];
  if (wanted.length === 0) return [];
  const rows = await selectPublicClients(db, wanted);
  const found = new Map(rows.map((row): [string, PublicClient] => [row.clientId, row]));
  return wanted.flatMap((id) => found.get(id) ?? []);
}

/** The client with its developer's texts in a language (`name#it`, or `name#it-IT`), where there are any. */
export function inLanguage(client: PublicClient, language: string): PublicClient {
  const tags = Object.keys(client.localized);
  const key = (tag: string) => tag.toLowerCase();
  const tag = tags.find((one) => key(one) === language) ?? tags.find((one) => key(one).startsWith(`${language}-`));
  const texts = tag === undefined ? undefined : client.localized[tag];
  if (!texts) return client;
  return {
    ...client,
    name: texts.name ?? client.name,
    clientUri: texts.clientUri ?? client.clientUri,
    tosUri: texts.tosUri ?? client.tosUri,
    policyUri: texts.policyUri ?? client.policyUri,
  };
}

const newForMs = 30 * 24 * 60 * 60 * 1000;

/** Whether an app was created within the last 30 days. */
export const isNew = ({ createdAt }: Pick<PublicClient, 'createdAt'>): boolean =>
  Date.now() - createdAt.getTime() < newForMs;

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The link and its host for a client's URL; undefined if a page must not link to it. Whatever the rule book accepted, only https becomes a
 * link, and http on this machine for apps in development.
 */
export function safeLink(uri: string | null): { href: string; host: string } | undefined {
  if (uri === null || !URL.canParse(uri)) return undefined;
  const { protocol, hostname, host, username, password, href } = new URL(uri);
  if (username || password) return undefined;
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.test(hostname))) return undefined;
  return { href, host };
}
