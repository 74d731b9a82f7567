import type { Status } from '#lib/clients/rules';

/** The trust level of a client that pages show. */
export type Standing = 'first_party' | 'verified' | 'unverified' | 'self_registered' | 'suspended' | 'disabled';

type Facts = { status: Status; firstParty: boolean; verified: boolean; selfRegistered: boolean };

/** Returns the most important standing: suspended or disabled first, then who is responsible for the client. */
export function standingOf({ status, firstParty, verified, selfRegistered }: Facts): Standing {
  if (status !== 'active') return status;
  if (firstParty) return 'first_party';
  if (verified) return 'verified';
  return selfRegistered ? 'self_registered' : 'unverified';
}

/**
 * As `standingOf`, for one request. Any program on a device can receive the answer for a private scheme or a loopback address, so only a
 * request with an https redirect URI (`website`) can be first-party or verified. `provedDomain` is the verified domain of the redirect URI.
 */
export const standingOfRequest = (
  client: Facts,
  { website, provedDomain }: { website: boolean; provedDomain: string | undefined },
): Standing =>
  standingOf({ ...client, firstParty: client.firstParty && website, verified: website && provedDomain !== undefined });
