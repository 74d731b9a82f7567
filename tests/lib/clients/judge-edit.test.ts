import { expect, test } from 'vitest';
import { judgeEdit } from '#lib/clients/check-metadata';
import type { NewClient } from '#lib/clients/client';
import { completeMetadata } from '#lib/clients/rules/complete-metadata';

const rules = { channel: 'docspace', catalogue: new Set(['read']) } as const;
const stored = (input: Partial<NewClient> = {}) =>
  completeMetadata({ name: 'ab', redirectUris: ['https://a.example/cb'], ...input }, 'portal');

test('an unchanged broken rule does not block the edit', () => {
  const before = stored({ scopes: ['gone'] });
  expect(judgeEdit(before, { ...before, description: 'better' }, rules)).toEqual([]);
});

test('also if the value moves in its list', () => {
  const before = stored({ scopes: ['read', 'gone'] });
  expect(judgeEdit(before, { ...before, scopes: ['gone'] }, rules)).toEqual([]);
});

test('another wrong value in its place blocks the edit', () => {
  const before = stored({ scopes: ['gone'] });
  expect(judgeEdit(before, { ...before, scopes: ['never'] }, rules)).toMatchObject([
    { field: 'scopes.0', rule: 'M16' },
  ]);
  expect(judgeEdit(before, { ...before, name: 'xy' }, rules)).toMatchObject([{ field: 'name', rule: 'M11' }]);
});

test('R8 an earlier finding does not allow a refused value: a native client on localhost cannot become a web client', () => {
  const before = stored({ name: 'App', applicationType: 'native', redirectUris: ['http://localhost/cb'] });
  expect(judgeEdit(before, { ...before, applicationType: 'web' }, rules)).toMatchObject([
    { field: 'redirectUris.0', rule: 'R8', severity: 'error' },
  ]);
});

test('an edit that fixes the value is accepted', () => {
  const before = stored({ scopes: ['gone'] });
  expect(judgeEdit(before, { ...before, name: 'Good', scopes: ['read'] }, rules)).toEqual([]);
});
