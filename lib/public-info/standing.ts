import type { PublicClient } from './public-client.ts';

export type Standing = 'verified' | 'unverified' | 'suspended' | 'disabled';

/** The one word about a client that counts most: whether it may be used at all comes before who answers for it. */
export function standingOf({ status, verified }: Pick<PublicClient, 'status' | 'verified'>): Standing {
  if (status !== 'active') return status;
  return verified ? 'verified' : 'unverified';
}
