import type { Status } from '#lib/clients/rules';

/** What the platform knows of who stands behind a client, in the one word that counts most. */
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
 * As `standingOf`, for one request. Whatever answers on a device cannot be told apart, so only a request that leads to a website
 * is of the platform's own app or of a verified one; `provedDomain` is that of this request's redirect URI.
 */
export const standingOfRequest = (
  client: Facts,
  { website, provedDomain }: { website: boolean; provedDomain: string | undefined },
): Standing =>
  standingOf({ ...client, firstParty: client.firstParty && website, verified: website && provedDomain !== undefined });
