import { describe, expect, test } from 'vitest';
import { judgeJwks, readLifetime } from '#lib/clients/rules';
import { tableOf } from '#lib/kernel/table';
import { invalid, typedIn } from '#lib/portal/forms';
import { inheritedNames } from '#support/inherited-names';

describe.each(inheritedNames)('%s', (name) => {
  test('is in no table that does not define it', () => {
    expect(tableOf({ a: 1 })(name)).toBeUndefined();
    expect(tableOf(JSON.parse(`{"${name}":1}`))(name)).toBe(1);
  });

  test('may name a field of a form, once and several times', () => {
    const form = new FormData();
    form.append(name, 'one');
    form.append(name, 'two');
    form.append('other', 'three');
    expect(new Map(Object.entries(typedIn(form)))).toEqual(
      new Map([
        [name, ['one', 'two']],
        ['other', ['three']],
      ]),
    );
    const state = invalid([{ field: name, rule: 'M1', message: 'Remove it.' }], form);
    expect(state.status === 'invalid' && Object.entries(state.fields)).toEqual([[name, ['Remove it.']]]);
  });

  test.each(['kty', 'crv', 'alg', 'use'])('is not a valid %s of a key', (member) => {
    const key = { kty: member === 'crv' ? 'OKP' : 'EC', crv: 'P-256', x: 'AA', y: 'AA', [member]: name };
    expect(judgeJwks({ keys: [key, { ...key, kty: 'EC' }] })).not.toEqual([]);
  });

  test('is not a unit of time', () => {
    expect(readLifetime('2', name)).toBeUndefined();
  });
});
