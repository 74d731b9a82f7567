import type { Issue } from '#lib/kernel/errors';
import { tableOf } from '#lib/kernel/table';
import { type ClientMetadata, hasSharedSecret } from '../client.ts';
import { refusal } from './issue.ts';
import { judgeWebUri } from './web-uri.ts';

type Jwk = Readonly<Record<string, unknown>>;

export const keyMax = 20;

const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
const operationsOf = {
  sig: ['verify'],
  enc: ['encrypt', 'wrapKey', 'deriveKey', 'deriveBits'],
} as const;
const coordinateBytes = tableOf({ 'P-256': 32, 'P-384': 48, 'P-521': 66 });
const publicKeyBytes = tableOf({ Ed25519: 32, Ed448: 57, X25519: 32, X448: 56 });
const signingAlgs = tableOf({
  RSA: /^(?:RS|PS)(?:256|384|512)$/,
  EC: /^ES(?:256|384|512)$/,
  OKP: /^(?:EdDSA|Ed25519|Ed448)$/,
});

/** Rule M8: a set of public keys (RFC 7517) whose members fit together; private and symmetric keys are refused. */
export function judgeJwks(jwks: { keys: readonly unknown[] }, field = 'jwks'): Issue[] {
  const { keys } = jwks;
  // PostgreSQL cannot store two characters that JSON allows: U+0000 and lone surrogates.
  if (/\\u(?:0000|d[89a-f])/i.test(JSON.stringify(keys)))
    return [refusal(field, 'M8', 'Remove the characters that are no text (U+0000, lone surrogates).')];
  if (keys.length === 0) return [refusal(field, 'M8', 'Put at least one public key in it.')];
  if (keys.length > keyMax) return [refusal(field, 'M8', `Put at most ${keyMax} keys in it.`)];
  const kids = keys.map((key) => (isJwk(key) ? key.kid : undefined));
  return keys.flatMap((key, index) => {
    const repeats = kids[index] !== undefined && kids.indexOf(kids[index]) < index;
    const message = repeats ? 'Give each key a kid of its own.' : faultOf(key);
    return message === undefined ? [] : [refusal(`${field}.keys.${index}`, 'M8', message)];
  });
}

/** Whether one key of the set can verify a signature, as `private_key_jwt` needs. */
export function hasSigningKey(jwks: { keys: readonly unknown[] }): boolean {
  const isForEncryption = ({ use, crv }: Jwk) => use === 'enc' || (typeof crv === 'string' && crv.startsWith('X'));
  return jwks.keys.some((key) => isJwk(key) && !isForEncryption(key));
}

function faultOf(key: unknown): string | undefined {
  if (!isJwk(key)) return 'A key is a JSON object.';
  const secret = secretMembers.find((member) => Object.hasOwn(key, member));
  if (secret !== undefined) return `Remove the private key: send its public half only (no "${secret}").`;
  if (key.kid !== undefined && (typeof key.kid !== 'string' || key.kid === '' || key.kid.length > 256)) {
    return 'A kid is a text of 1 to 256 characters.';
  }
  return faultOfUse(key) ?? faultOfMaterial(key);
}

function faultOfUse({ use, key_ops: operations, alg, kty }: Jwk): string | undefined {
  if (use !== undefined && use !== 'sig' && use !== 'enc') return 'use is sig or enc.';
  if (operations !== undefined) {
    if (!Array.isArray(operations) || new Set(operations).size !== operations.length)
      return 'key_ops is a list of different texts.';
    const allowed: readonly unknown[] = use === undefined ? Object.values(operationsOf).flat() : operationsOf[use];
    if (!operations.every((operation) => allowed.includes(operation)))
      return 'key_ops does not fit a public key of this use.';
  }
  if (alg === undefined) return undefined;
  if (typeof alg !== 'string' || /^(?:none|HS\d*|A\d+|dir)/.test(alg)) return 'alg must be one for public keys.';
  const signs = /^(?:RS|PS|ES)\d|^Ed/.test(alg);
  if (signs === (use === 'enc')) return use === undefined ? undefined : 'use and alg do not fit each other.';
  return signs && !signingAlgs(kty)?.test(alg) ? 'kty and alg do not fit each other.' : undefined;
}

function faultOfMaterial(key: Jwk): string | undefined {
  if (key.kty === 'RSA') return faultOfRsa(key);
  if (key.kty === 'EC') {
    const bytes = coordinateBytes(key.crv);
    if (bytes === undefined) return 'An EC key is on P-256, P-384 or P-521.';
    return lengthOf(key.x) === bytes && lengthOf(key.y) === bytes
      ? undefined
      : `x and y are ${bytes} bytes each, in base64url.`;
  }
  if (key.kty === 'OKP') {
    const bytes = publicKeyBytes(key.crv);
    if (bytes === undefined) return 'An OKP key is Ed25519, Ed448, X25519 or X448.';
    return lengthOf(key.x) === bytes ? undefined : `x is ${bytes} bytes, in base64url.`;
  }
  return 'kty is RSA, EC or OKP.';
}

function faultOfRsa({ n, e }: Jwk): string | undefined {
  const modulus = bytesOf(n)?.replace(/^\0+/, '');
  const exponent = bytesOf(e)?.replace(/^\0+/, '');
  if (!modulus || !exponent) return 'An RSA key has n and e, in base64url.';
  const bits = modulus.length * 8 - (Math.clz32(modulus.charCodeAt(0)) - 24);
  if (bits < 2048) return `Use an RSA key of 2048 bits or more; this one has ${bits}.`;
  if (bits > 8192) return 'Use an RSA key of 8192 bits or fewer.';
  const isOdd = exponent.charCodeAt(exponent.length - 1) % 2 === 1;
  return isOdd && exponent !== '\u0001' && exponent.length <= 8
    ? undefined
    : 'The exponent e is an odd number above 1.';
}

function lengthOf(value: unknown): number | undefined {
  return bytesOf(value)?.length;
}

/** Decodes base64url to a string with one character per byte; undefined if the value is not base64url. */
function bytesOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_-]+$/.test(value) || value.length % 4 === 1) return undefined;
  return atob(value.replaceAll('-', '+').replaceAll('_', '/'));
}

function isJwk(key: unknown): key is Jwk {
  return typeof key === 'object' && key !== null && !Array.isArray(key);
}

/** Rule M8: either `jwks` or `jwksUri`, never both; `private_key_jwt` needs one of them. */
export function judgeKeys(metadata: ClientMetadata): Issue[] {
  const { jwks, jwksUri, tokenEndpointAuthMethod, environment } = metadata;
  const issues = jwks === null ? [] : judgeJwks(jwks);
  if (jwksUri !== null) issues.push(...judgeWebUri(jwksUri, { field: 'jwksUri', rule: 'M8', environment }));
  if (jwks !== null && jwksUri !== null) {
    issues.push(refusal('jwksUri', 'M8', 'Give the keys or their address, not both.'));
  }
  if (tokenEndpointAuthMethod !== 'private_key_jwt' || jwksUri !== null) return issues;
  if (jwks === null)
    return [...issues, refusal('jwks', 'M8', 'private_key_jwt needs your public keys, or their address.')];
  return hasSigningKey(jwks)
    ? issues
    : [...issues, refusal('jwks', 'M8', 'private_key_jwt needs a key for signatures.')];
}

/** Rule C3: a client that publishes its metadata has no shared secret. */
export function judgeWithoutSharedSecret(metadata: ClientMetadata): Issue[] {
  if (!hasSharedSecret(metadata)) return [];
  return [
    refusal('tokenEndpointAuthMethod', 'C3', 'Choose "none" or "private_key_jwt": published metadata holds no secret.'),
  ];
}
