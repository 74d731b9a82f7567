import { createLocalJWKSet, decodeJwt, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import { fetchJson } from '#lib/guarded-fetch/index';
import { env } from '#lib/kernel/env';
import { RegistryError } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';

const cachedForMs = 10 * 60 * 1000;
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
type Cached = { keys: ReturnType<typeof createLocalJWKSet>; until: number };
const cachedKeys = () => once('software-issuer-keys', () => new Map<string, Cached>());

/**
 * Verifies a software statement (rule M23) and returns its claims in wire names; they take precedence over other members of the request.
 * Returns undefined if no issuer is configured: statements are then ignored.
 *
 * @throws invalid_metadata: with the rule `unapproved_software_statement` for an untrusted issuer, or `invalid_software_statement` for a
 * malformed, unsigned, altered or expired statement
 */
export async function readSoftwareStatement(statement: unknown): Promise<Record<string, unknown> | undefined> {
  const { softwareIssuers } = env();
  if (statement === undefined || statement === null || softwareIssuers.length === 0) return undefined;
  if (typeof statement !== 'string') throw refused('invalid_software_statement', 'A software statement is a text.');
  const issuer = issuerOf(statement);
  const trusted = softwareIssuers.find((one) => one.issuer === issuer);
  if (!trusted) throw refused('unapproved_software_statement', 'The issuer of this software statement is not trusted.');
  const keys = await keysOf(trusted.jwksUri);
  try {
    const { payload } = await jwtVerify(statement, keys, { issuer: trusted.issuer, algorithms });
    return payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw refused('invalid_software_statement', 'This software statement is not signed by its issuer, or has expired.');
  }
}

function issuerOf(statement: string): string | undefined {
  try {
    return decodeJwt(statement).iss;
  } catch {
    throw refused('invalid_software_statement', 'This is not a signed JWT.');
  }
}

async function keysOf(jwksUri: string): Promise<Cached['keys']> {
  const known = cachedKeys().get(jwksUri);
  if (known && known.until > performance.now()) return known.keys;
  const fetched = await fetchJson(jwksUri, { bytesMax: 256 * 1024, timeoutMs: 2500 });
  if (!fetched.ok || !isKeySet(fetched.value))
    throw refused('invalid_software_statement', 'The keys of its issuer cannot be read just now.');
  const keys = createLocalJWKSet(fetched.value);
  cachedKeys().set(jwksUri, { keys, until: performance.now() + cachedForMs });
  return keys;
}

const isKeySet = (value: unknown): value is JSONWebKeySet =>
  typeof value === 'object' &&
  value !== null &&
  'keys' in value &&
  Array.isArray(value.keys) &&
  value.keys.every((key) => typeof key === 'object' && key !== null);

const refused = (rule: 'invalid_software_statement' | 'unapproved_software_statement', message: string) =>
  new RegistryError('invalid_metadata', message, { issues: [{ field: 'softwareStatement', rule, message }] });
