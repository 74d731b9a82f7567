import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chartInWords } from '#components/chart';
import { changedPart } from '#components/diff';
import { navigation } from '../../../app/(admin)/navigation.ts';

const tokens = new Map(
  [...readFileSync('app/look/tokens.css', 'utf8').matchAll(/^ {2}--([\w-]+): light-dark\((.+)\);$/gm)].map(
    ([, name = '', value = '']) => [name, [...value.matchAll(/#[0-9a-f]{6}/g)].map(([hex]) => hex)],
  ),
);

/** WCAG's relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, two: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(two)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('%s', (_, scheme) => {
  const of = (name: string) => tokens.get(name)?.[scheme] ?? '';
  const grounds = ['bg', 'surface', 'sunken', 'accent-soft'];
  const pairs = [
    ...['ink', 'soft', 'faint'].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
    ...['good', 'warn', 'bad', 'info'].flatMap((tone) => [
      [tone, `${tone}-soft`] as const,
      [tone, 'surface'] as const,
      ['ink', `${tone}-soft`] as const,
    ]),
    ['accent', 'surface'],
    ['accent', 'bg'],
    ['accent', 'accent-soft'],
    ['accent-ink', 'accent'],
  ] as const;

  test.each(pairs)('%s on %s has a contrast of 4.5', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['surface', 'bg'])('the border of a control has a contrast of 3 on %s', (ground) => {
    expect(contrast(of('line-control'), of(ground))).toBeGreaterThanOrEqual(3);
  });
});

test('the operator’s navigation has every page of the operator, and none that is not there', () => {
  const pages = globSync('app/(admin)/admin/{page.tsx,*/page.tsx}').map((file) =>
    file.replace('app/(admin)', '').replace('/page.tsx', ''),
  );
  const entries = navigation.flatMap((group) => group.entries.map(({ href }) => href));
  expect(entries.toSorted()).toEqual(pages.toSorted());
});

test('a chart has its numbers in words', () => {
  expect(chartInWords({ label: 'Tokens, last 3 days', values: [1200, 3, 40], from: '28 Nov', to: '30 Nov' })).toBe(
    'Tokens, last 3 days: 1,200 on 28 Nov, 40 on 30 Nov, between 3 and 1,200.',
  );
});

test.each([
  ['Lumen Desktop', 'Lumen Desktop Backup', ['Lumen Desktop', ' Backup', '']],
  ['https://a.example/cb', 'https://b.example/cb', ['https://', 'b', '.example/cb']],
  ['aa', 'aaa', ['aa', 'a', '']],
  ['same', 'same', ['same', '', '']],
  ['😀', '😁', ['', '😁', '']],
])('the changed part from %s to %s is marked', (before, after, parts) => {
  expect(changedPart(before, after)).toEqual(parts);
});
