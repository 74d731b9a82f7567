import { type Configuration, errors } from 'oidc-provider';
import { env } from '#lib/kernel/env';
import { noteClientUse } from './note-use.ts';
import { clientOf } from './registered-client.ts';

const lifetimeSecondsMax = 300;

type Judge = NonNullable<Configuration['assertJwtClientAuthClaimsAndHeader']>;

/**
 * Rule S6, on an assertion whose signature is right (RFC 7523 §3): it is the client's about itself, for this server and no other
 * (the issuer alone, as a text: an endpoint or one of a list would let others use what they were sent), and soon over. Throws
 * `invalid_client`.
 */
export const requireOwnAssertion: Judge = (_ctx, { aud, sub, exp }, _header, { clientId }) => {
  const refuse = (why: string) => new errors.InvalidClientAuth(why);
  if (aud !== env().appUrl) throw refuse('aud must be the issuer, as a text');
  if (sub !== clientId) throw refuse('sub must be the client_id');
  const latest = Date.now() / 1000 + lifetimeSecondsMax + clockToleranceSeconds;
  if (typeof exp !== 'number' || exp > latest) throw refuse('exp must be within five minutes');
  noteClientUse(clientOf(clientId));
};

/** With which clients may sign what shows who they are: none with a key that both sides hold (rule S6). */
export const proofAlgorithms = [
  ...(['ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'] as const),
  ...(['RS256', 'RS384', 'RS512', 'Ed25519', 'EdDSA'] as const),
] as const;

/** How much clocks may differ. */
export const clockToleranceSeconds = 15;
