import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { anOwner } from './actors.ts';
import { aClientRow } from './client-row.ts';
import { db } from './database.ts';
import { origin } from './listening.ts';
import { post } from './oauth.ts';

export type ClientKey = Omit<Awaited<ReturnType<typeof aKey>>, 'kid'> & { kid: string | undefined };

/** A key pair of a client: its public half as a JWK. */
export async function aKey(alg = 'ES256', kid: string = randomUUID()) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), alg, use: 'sig', kid };
  return { alg, kid, jwk: jwk as Record<string, unknown>, privateKey };
}

type Owner = Awaited<ReturnType<typeof anOwner>>;

/** A machine client that authenticates with a key. */
export const aKeyedClient = ({ organizationId }: Pick<Owner, 'organizationId'>, values: object) =>
  aClientRow(db, {
    organizationId,
    applicationType: 'machine',
    requirePkce: false,
    tokenEndpointAuthMethod: 'private_key_jwt',
    grantTypes: ['client_credentials'],
    scopes: ['read'],
    ...values,
  });

/** The time in that many seconds, in seconds since 1970. */
export const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

/** A valid client assertion with the given changes. */
export function assertionOf(clientId: string, key: ClientKey, claims: JWTPayload = {}, header: object = {}) {
  const right = { iss: clientId, sub: clientId, aud: origin, jti: randomUUID(), exp: inSeconds(60) };
  return new SignJWT({ ...right, ...claims })
    .setProtectedHeader({ alg: key.alg, ...(key.kid !== undefined && { kid: key.kid }), ...header })
    .sign(key.privateKey);
}

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Requests a token with an assertion; returns the answer. */
export const askByAssertion = (client_assertion: string, form: Record<string, string> = {}, path = '/oauth/token') =>
  post(path, {
    grant_type: 'client_credentials',
    client_assertion,
    client_assertion_type: assertionType,
    ...form,
  });
