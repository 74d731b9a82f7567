import { expect, test } from 'vitest';
import { changesSince, mayHaveNewOwner, snapshotOf } from '#lib/metadata-documents/rules';

const described = {
  name: 'Notes',
  logoUri: null,
  redirectUris: ['https://notes.example/cb', 'http://127.0.0.1/cb'],
  jwks: null,
  jwksUri: null,
};
const key = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'x' }] };

test.each([
  ['the same', {}, [], false],
  [
    'another path and port of this machine',
    { redirectUris: ['https://notes.example/2', 'http://localhost:9/x'] },
    [],
    false,
  ],
  ['one host less', { redirectUris: ['https://notes.example/cb'] }, [], false],
  ['the host in capitals', { redirectUris: ['https://NOTES.example/cb'] }, [], false],
  ['another name', { name: 'Notes 2' }, ['name'], false],
  ['a logo', { logoUri: 'https://notes.example/logo.png' }, ['logo'], false],
  ['another host', { redirectUris: ['https://evil.example/cb'] }, ['redirectHosts'], true],
  ['another port', { redirectUris: ['https://notes.example:8443/cb'] }, ['redirectHosts'], true],
  ['a scheme of its own', { redirectUris: ['example.notes:/cb'] }, ['redirectHosts'], true],
  ['keys', { jwks: key }, ['keys'], true],
  ['an address of keys', { jwksUri: 'https://notes.example/jwks' }, ['keys'], true],
])('rule C7: %s', (_, changed, changes, another) => {
  const [before, now] = [snapshotOf(described), snapshotOf({ ...described, ...changed })];
  expect(changesSince(before, now)).toEqual(changes);
  expect(mayHaveNewOwner(before, now)).toBe(another);
});

test('a grant without a snapshot has no changes', () => {
  expect(changesSince(null, snapshotOf(described))).toEqual([]);
});
