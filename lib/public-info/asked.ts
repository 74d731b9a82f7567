import type { PublicClient } from './public-client.ts';

type Facts = Pick<
  PublicClient,
  'installed' | 'metadataUrl' | 'secretOptional' | 'selfRegistered' | 'tokenEndpointAuthMethod'
>;

/**
 * Rules A3, P3 and C7: whether what a person allowed before may let a client through without asking. Not where somebody else could
 * pass itself off as the client: an app that registered itself, whatever answers on a device, and one that needs or keeps no secret, unless the
 * redirect URI lies under a domain proved to be its own (`proved`). `website`: it is https.
 */
export function mayBeSilent(client: Facts, { website, proved }: { website: boolean; proved: boolean }): boolean {
  if (client.metadataUrl !== null) return proved;
  if (client.selfRegistered || !website) return false;
  const confidential = client.tokenEndpointAuthMethod !== 'none' && !client.secretOptional && !client.installed;
  return confidential || proved;
}

/** Whether people are asked each time, wherever the client has them sent. */
export const isAskedEachTime = (client: Facts & Pick<PublicClient, 'hasWebsite' | 'hasProvedWebsite'>): boolean =>
  !mayBeSilent(client, { website: client.hasWebsite, proved: client.hasProvedWebsite });
