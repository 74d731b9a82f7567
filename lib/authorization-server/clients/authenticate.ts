import { createHash } from 'node:crypto';
import { type Configuration, errors } from 'oidc-provider';
import { insertFirstUse } from '#db/queries/first-uses';
import { hashesWithEveryPepper, isHashOf } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { currentRequest } from '../request-state.ts';
import { refuseWhereBlocked } from './failures.ts';
import { noteClientUse, noteSecretUse } from './note-use.ts';
import { clientOf } from './registered-client.ts';

const lifetimeSecondsMax = 300;

type Judge = NonNullable<Configuration['assertJwtClientAuthClaimsAndHeader']>;

/**
 * Rule S6: checks a client assertion with a valid signature (RFC 7523 §3). Its subject is the client, and it expires soon. Its audience is
 * the issuer as a string: with another audience, a server that received the assertion could use it here.
 * @throws invalid_client: it breaks the rule
 */
export function requireOwnAssertion(...[_ctx, { aud, sub, exp }, _header, { clientId }]: Parameters<Judge>): void {
  const refuse = (why: string) => new errors.InvalidClientAuth(why);
  if (aud !== env().appUrl) throw refuse('aud must be the issuer, as a text');
  if (sub !== clientId) throw refuse('sub must be the client_id');
  const latest = Date.now() / 1000 + lifetimeSecondsMax + clockToleranceSeconds;
  if (typeof exp !== 'number' || exp > latest) throw refuse('exp must be within five minutes');
  noteClientUse(clientOf(clientId));
}

/** The algorithms of client assertions and DPoP proofs; none with a shared key (rule S6). */
export const proofAlgorithms = [
  ...(['ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'] as const),
  ...(['RS256', 'RS384', 'RS512', 'Ed25519', 'EdDSA'] as const),
] as const;

/** The allowed difference between clocks. */
export const clockToleranceSeconds = 15;

/**
 * Whether `secret` is one of the client's live secrets. Compares all of them, so that the time reveals nothing.
 * @throws rate_limited: too many attempts failed before; also for a correct secret, because the limit would otherwise reveal it
 */
export function compareSecret(protocolId: string, secret: string): boolean {
  const { vouched } = currentRequest();
  if (vouched?.protocolId === protocolId) return secret === vouched.secret;
  const { clientId, secrets, blockedUntil } = clientOf(protocolId);
  refuseWhereBlocked({ blockedUntil });
  const hashes = hashesWithEveryPepper(secret);
  let found: (typeof secrets)[number] | undefined;
  for (const one of secrets) if (isHashOf(one.hash, hashes)) found = one;
  if (!found) return false;
  currentRequest().secretId = found.id;
  noteSecretUse(clientId, found);
  return true;
}

/** How far in the future the date of a DPoP proof may be: such a proof stays valid longer by this time. */
const datedAheadSecondsMax = 300;

/**
 * Whether this `jti` of a client or key (`of`) is used for the first time, in any process. It is remembered until the assertion or proof
 * expires (`expiresAtSeconds` since 1970). A `jti` is not secret: the hash has no pepper and survives a change of it.
 */
export function isFirstUse(of: string, jti: string, expiresAtSeconds: number): Promise<boolean> {
  const hash = createHash('sha256')
    .update(JSON.stringify(['once', of, jti]))
    .digest('base64url');
  const expiresAt = new Date((expiresAtSeconds + datedAheadSecondsMax) * 1000);
  return insertFirstUse(database(), { hash, kind: 'ReplayDetection', expiresAt, now: new Date() });
}
