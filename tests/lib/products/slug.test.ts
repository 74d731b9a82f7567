import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeSlug, numberedSlug, slugFrom } from '#lib/products/find';

test.each([
  ['Crème & Co.', 'creme-co'],
  ['  Mail  ', 'mail'],
  ['2026', 'product-2026'],
  ['請求書', 'product'],
  ['A'.repeat(100), 'a'.repeat(64)],
  [`${'a'.repeat(63)} b`, 'a'.repeat(63)],
])('%s becomes %s', (name, slug) => expect(slugFrom(name)).toBe(slug));

test('every name gives a slug that the rule accepts, and so does its hundredth namesake', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
      expect(judgeSlug(slugFrom(name))).toEqual([]);
      expect(judgeSlug(numberedSlug(slugFrom(name), 100))).toEqual([]);
    }),
  );
});

test.each(['', 'A', 'a--b', '-a', 'a-', 'a b', 'é', '12', 'a'.repeat(65), 'a\n'])('%j is refused', (slug) => {
  expect(judgeSlug(slug)).toMatchObject([{ field: 'slug' }]);
});
