import { createHash, randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { type ClientKey, inSeconds } from './client-keys.ts';
import { origin } from './listening.ts';

type Proof = { method?: string; path?: string; token?: string; claims?: JWTPayload; header?: object };

/** A valid DPoP proof for that request, with the given changes. */
export function proofOf(key: ClientKey, { method = 'POST', path = '/oauth/token', token, claims, header }: Proof = {}) {
  const ath = token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') };
  const right = { jti: randomUUID(), htm: method, htu: origin + path, iat: inSeconds(0), ...ath };
  const { alg: _alg, use: _use, kid: _kid, ...jwk } = key.jwk;
  return new SignJWT({ ...right, ...claims })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: key.alg, jwk, ...header })
    .sign(key.privateKey);
}
