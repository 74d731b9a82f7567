import { expect, test } from 'vitest';
import { isScopeToken, judgeScopes, readScopeString, splitScopes } from '#lib/clients/rules/scope';

const catalogue = new Set(['openid', 'read', 'files:read', 'create:customers']);

test.each(['openid', 'files:read', '*:*', 'contacts.self:write', '!', '#[', ']~', 'https://api.example/x'])(
  'M16 %s is a token',
  (token) => expect(isScopeToken(token)).toBe(true),
);
test.each(['', ' ', 'a b', 'a"b', 'a\\b', 'a\tb', 'a\u007fb', 'é', 'a\u0000', '\ud800', 'x'.repeat(129)])(
  'M16 %j is not a scope token',
  (token) => expect(isScopeToken(token)).toBe(false),
);
test('M16 a string is read as its tokens, each once, in order', () => {
  expect(readScopeString('read openid read')).toEqual(['read', 'openid']);
  expect(readScopeString('')).toEqual([]);
  expect(readScopeString('  read  openid ')).toEqual(['read', 'openid']);
});
test('M16 only a single space separates scopes', () =>
  expect(judgeScopes(readScopeString('read\topenid'), { catalogue })).toMatchObject([
    { field: 'scopes.0', rule: 'M16' },
  ]));
test('M16 an unknown scope is refused, or dropped and reported', () => {
  expect(judgeScopes(['read', 'nope'], { catalogue })).toMatchObject([
    { field: 'scopes.1', rule: 'M16', severity: 'error' },
  ]);
  expect(judgeScopes(['read', 'nope'], { catalogue, unknown: 'dropped' })).toMatchObject([
    { field: 'scopes.1', rule: 'M16', severity: 'warning' },
  ]);
  expect(splitScopes(['read', 'nope'], catalogue)).toEqual({ known: ['read'], unknown: ['nope'] });
});
test('M16 without a catalogue only the syntax is judged', () => expect(judgeScopes(['anything'])).toEqual([]));
test('M16 at most 100 scopes', () =>
  expect(judgeScopes(Array.from({ length: 101 }, (_, index) => `s${index}`))).toMatchObject([{ field: 'scopes' }]));
