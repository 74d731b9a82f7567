import type { Db } from '#db/client';
import { selectInitialAccessToken } from '#db/queries/initial-access-tokens';
import type { Actor, Person, Program } from '../actor.ts';
import { everyHash, isWellFormedCredential } from '../credentials/index.ts';
import { env } from '../env.ts';
import { RegistryError } from '../errors.ts';
import { selfRegisteredOrganization } from './self-registered.ts';

/** Who registers, where the client will live, and whether nobody answers for it. */
export type Admitted = { actor: Actor; organizationId: string; open: boolean };

/** What a program that registers came with. */
export type Credential = {
  /** Of an API token, or an access token of our own authorization server. */
  speaker: Person | Program | undefined;
  /** The bearer token that was sent (`undefined`: nothing was; `''`: what holds none). */
  bearer: string | undefined;
};

/**
 * Who may register a client, by the mode that is configured and what was sent. Throws `forbidden` where registration is off,
 * `unauthenticated` for a token that is none, also where it is open, and for no token where one is needed.
 */
export async function admitRegistrant(db: Db, { speaker, bearer }: Credential): Promise<Admitted> {
  const { registration: mode } = env();
  if (mode === 'off') throw new RegistryError('forbidden', 'Dynamic registration is switched off here.');
  if (speaker?.token) return { actor: speaker, organizationId: speaker.token.organizationId, open: false };
  if (bearer === undefined && mode === 'open') {
    const organizationId = await selfRegisteredOrganization(db);
    return { actor: { kind: 'registrant', organizationId }, organizationId, open: true };
  }
  const admitted = bearer && (await byInitialAccessToken(db, bearer));
  if (admitted) return admitted;
  const how = 'Send an initial access token, an API token or an access token with clients:write.';
  throw new RegistryError('unauthenticated', how);
}

async function byInitialAccessToken(db: Db, bearer: string): Promise<Admitted | undefined> {
  if (!isWellFormedCredential('clt_iat_', bearer)) return undefined;
  const token = await selectInitialAccessToken(db, { hashes: everyHash(bearer), now: new Date() });
  if (!token) return undefined;
  const { id: initialAccessTokenId, organizationId } = token;
  return { actor: { kind: 'registrant', organizationId, initialAccessTokenId }, organizationId, open: false };
}
