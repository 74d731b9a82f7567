import type { Db } from '#db/client';
import { selectRegistration } from '#db/queries/registrations';
import { isClientId } from '../clients/index.ts';
import { everyHash, isWellFormedCredential } from '../credentials/index.ts';
import { RegistryError } from '../errors.ts';
import type { Registered } from './registration.ts';

/**
 * The client behind a registration access token, at the address of its own registration (rules P4, P7). Throws
 * `unauthenticated` alike for a token that is none, for another client's, and for a client that is not there any more.
 */
export async function authenticateRegistration(
  db: Db,
  clientId: string,
  bearer: string | undefined,
): Promise<Registered> {
  const found =
    bearer !== undefined && isClientId(clientId) && isWellFormedCredential('clt_rat_', bearer)
      ? await selectRegistration(db, { clientId, hashes: everyHash(bearer) })
      : undefined;
  if (!found)
    throw new RegistryError('unauthenticated', 'Send the registration access token of this client as a Bearer token.');
  const { organizationId, status, open, softwareStatement } = found;
  const actor = { kind: 'client', clientId: found.clientId, organizationId } as const;
  return { actor, open, suspended: status === 'suspended', softwareStatement };
}
