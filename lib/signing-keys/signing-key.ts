import type { JWK } from 'jose';

export const algorithms = ['RS256', 'ES256'] as const;
export type Algorithm = (typeof algorithms)[number];

/** A key pair as JWKs (RFC 7517); `publishedUntil` is null while it signs. */
export type SigningKey = { kid: string; alg: Algorithm; publicJwk: JWK; privateJwk: JWK; publishedUntil: Date | null };

/** No token that is signed lives longer (an ID token an hour, a JWT access token five minutes); the rest is for clocks that differ. */
export const publishedAfterSeconds = 24 * 3600;

export const sealPurposeOf = (kid: string) => `signing key ${kid}`;
