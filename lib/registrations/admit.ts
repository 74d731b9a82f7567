import type { Db } from '#db/client';
import { selectInitialAccessToken } from '#db/queries/initial-access-tokens';
import type { Actor } from '../actor.ts';
import { everyHash, isWellFormedCredential } from '../credentials/index.ts';
import { env } from '../env.ts';
import { RegistryError } from '../errors.ts';
import { authenticateToken } from '../tokens/index.ts';
import { selfRegisteredOrganization } from './self-registered.ts';

/** Who registers, where the client will live, and whether nobody answers for it. */
export type Admitted = { actor: Actor; organizationId: string; open: boolean };

/**
 * Who may register a client, by the mode that is configured and the bearer token that was sent (`undefined`: none; a header
 * that holds none is sent as `''`). Throws `forbidden` where registration is off, `unauthenticated` for a token that is none,
 * also where it is open, and for no token where one is needed.
 */
export async function admitRegistrant(db: Db, bearer: string | undefined): Promise<Admitted> {
  const { registration: mode } = env();
  if (mode === 'off') throw new RegistryError('forbidden', 'Dynamic registration is switched off here.');
  if (bearer === undefined && mode === 'open') {
    const organizationId = await selfRegisteredOrganization(db);
    return { actor: { kind: 'registrant', organizationId }, organizationId, open: true };
  }
  const admitted = bearer && ((await byApiToken(db, bearer)) ?? (await byInitialAccessToken(db, bearer)));
  if (admitted) return admitted;
  const how = 'Send an initial access token, or an API token with clients:write: Authorization: Bearer <token>.';
  throw new RegistryError('unauthenticated', how);
}

async function byApiToken(db: Db, bearer: string): Promise<Admitted | undefined> {
  const actor = await authenticateToken(db, bearer);
  return actor?.token && { actor, organizationId: actor.token.organizationId, open: false };
}

async function byInitialAccessToken(db: Db, bearer: string): Promise<Admitted | undefined> {
  if (!isWellFormedCredential('clt_iat_', bearer)) return undefined;
  const token = await selectInitialAccessToken(db, { hashes: everyHash(bearer), now: new Date() });
  if (!token) return undefined;
  const { id: initialAccessTokenId, organizationId } = token;
  return { actor: { kind: 'registrant', organizationId, initialAccessTokenId }, organizationId, open: false };
}
