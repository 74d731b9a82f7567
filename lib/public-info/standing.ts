import type { PublicClient } from './public-client.ts';

export type Standing = 'verified' | 'unverified' | 'self_registered' | 'suspended' | 'disabled';

type Stands = Pick<PublicClient, 'status' | 'verified' | 'selfRegistered'>;

/** The one word about a client that counts most: whether it may be used at all comes before who answers for it. */
export function standingOf({ status, verified, selfRegistered }: Stands): Standing {
  if (status !== 'active') return status;
  if (verified) return 'verified';
  return selfRegistered ? 'self_registered' : 'unverified';
}
