import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLifetime, writeLifetime } from '#lib/clients/rules';

describe('lifetimes', () => {
  test.each([
    ['1', 'hours', 3600],
    ['30', 'days', 2_592_000],
    [' 90 ', 'minutes', 5400],
    ['1.5', 'hours', 5400],
    ['1,5', 'hours', 5400],
    ['0', 'seconds', 0],
  ])('%s %s are %i seconds', (amount, unit, seconds) => {
    expect(readLifetime(amount, unit)).toBe(seconds);
  });

  test.each([
    ['', 'hours'],
    ['-1', 'hours'],
    ['1e9', 'seconds'],
    ['0x10', 'seconds'],
    ['1.5', 'seconds'],
    ['one', 'days'],
    ['1', 'fortnights'],
    ['1', 'toString'],
    ['9'.repeat(400), 'days'],
  ])('"%s" %s is none', (amount, unit) => {
    expect(readLifetime(amount, unit)).toBeUndefined();
  });

  test('are shown in the largest unit that needs no fraction', () => {
    expect(writeLifetime(3600)).toEqual({ amount: '1', unit: 'hours' });
    expect(writeLifetime(5400)).toEqual({ amount: '90', unit: 'minutes' });
    expect(writeLifetime(61)).toEqual({ amount: '61', unit: 'seconds' });
    expect(writeLifetime(5_184_000)).toEqual({ amount: '60', unit: 'days' });
  });

  test('come back as they were, whatever was stored', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 366 * 86_400 }), (seconds) => {
        const { amount, unit } = writeLifetime(seconds);
        expect(readLifetime(amount, unit)).toBe(seconds);
      }),
    );
  });
});
