import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hasSigningKey, judgeJwks } from '#lib/clients/rules/jwks';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const shortRsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const open = (pair: typeof rsa) => ({ ...pair.publicKey.export({ format: 'jwk' }) });
const faults = (...keys: unknown[]) => judgeJwks({ keys });

describe('M8 jwks', () => {
  test('accepts public keys of each kind', () => {
    expect(faults(open(rsa), open(ec), open(ed))).toEqual([]);
    expect(faults({ ...open(rsa), kid: 'a', use: 'sig', alg: 'PS256', key_ops: ['verify'] })).toEqual([]);
    expect(faults({ ...open(rsa), use: 'enc', alg: 'RSA-OAEP-256', key_ops: ['wrapKey'] })).toEqual([]);
    expect(hasSigningKey({ keys: [open(ec)] })).toBe(true);
    expect(hasSigningKey({ keys: [{ ...open(ec), use: 'enc' }] })).toBe(false);
  });

  test.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'])('refuses the member %s', (member) =>
    expect(faults({ ...open(rsa), [member]: 'AQAB' })).toMatchObject([
      { field: 'jwks.keys.0', rule: 'M8', message: expect.stringContaining(`"${member}"`) },
    ]),
  );
  test('refuses whole private and symmetric keys', () => {
    expect(faults(rsa.privateKey.export({ format: 'jwk' }))).toHaveLength(1);
    expect(faults(ec.privateKey.export({ format: 'jwk' }))).toHaveLength(1);
    expect(faults(ed.privateKey.export({ format: 'jwk' }))).toHaveLength(1);
    expect(faults({ kty: 'oct', k: 'AQAB' })).toHaveLength(1);
  });
  test('refuses RSA below 2048 bits, leading zeros or not', () => {
    const { n = '' } = open(shortRsa);
    expect(faults(open(shortRsa))[0]?.message).toContain('1024');
    const padded = Buffer.concat([Buffer.alloc(128), Buffer.from(n, 'base64url')]).toString('base64url');
    expect(faults({ kty: 'RSA', n: padded, e: 'AQAB' })[0]?.message).toContain('1024');
    expect(faults({ kty: 'RSA', n: 'f'.repeat(8000), e: 'AQAB' })).toHaveLength(1);
  });
  test('a kid is unique', () =>
    expect(faults({ ...open(rsa), kid: 'a' }, { ...open(ec), kid: 'a' })).toMatchObject([{ field: 'jwks.keys.1' }]));
  test.each([
    ['no key', {}],
    ['null', null],
    ['a list', []],
    ['a text', 'x'],
    ['a kid that is a number', { ...open(ec), kid: 1 }],
    ['an unknown use', { ...open(ec), use: 'both' }],
    ['a private operation', { ...open(ec), key_ops: ['sign'] }],
    ['key_ops against use', { ...open(rsa), use: 'sig', key_ops: ['encrypt'] }],
    ['key_ops twice', { ...open(rsa), key_ops: ['verify', 'verify'] }],
    ['key_ops as text', { ...open(rsa), key_ops: 'verify' }],
    ['alg none', { ...open(rsa), alg: 'none' }],
    ['a symmetric alg', { ...open(rsa), alg: 'HS256' }],
    ['alg against kty', { ...open(rsa), alg: 'ES256' }],
    ['alg against use', { ...open(rsa), use: 'enc', alg: 'RS256' }],
    ['use against alg', { ...open(rsa), use: 'sig', alg: 'RSA-OAEP' }],
    ['an unknown curve', { ...open(ec), crv: 'secp256k1' }],
    ['a short coordinate', { ...open(ec), x: 'AQAB' }],
    ['standard base64', { ...open(ec), x: `${'A'.repeat(42)}=` }],
    ['an even exponent', { ...open(rsa), e: 'AQAA' }],
    ['the exponent 1', { ...open(rsa), e: 'AQ' }],
    ['a modulus that is no text', { kty: 'RSA', n: 5, e: 'AQAB' }],
  ])('refuses %s', (_what, key) => expect(faults(key)).toMatchObject([{ rule: 'M8', severity: 'error' }]));
  test('one key at least, twenty at most', () => {
    expect(judgeJwks({ keys: [] })).toMatchObject([{ field: 'jwks' }]);
    expect(judgeJwks({ keys: Array.from({ length: 21 }, () => open(ec)) })).toMatchObject([{ field: 'jwks' }]);
  });
});

test.each([
  ['U+0000 in a value', { keys: [{ kty: 'RSA', kid: 'a\u0000b' }] }],
  ['a lone surrogate in a value', { keys: [{ kty: 'RSA', kid: '\ud800' }] }],
  ['U+0000 in a member nobody knows', { keys: [{ kty: 'RSA', 'x\u0000': 1 }] }],
])('M8 %s is refused instead of failing in the database', (_, jwks) => {
  expect(judgeJwks(jwks)).toMatchObject([{ rule: 'M8', field: 'jwks' }]);
});
