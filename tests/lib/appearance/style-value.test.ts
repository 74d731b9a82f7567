import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeAppearance } from '#lib/appearance/rules';

const colours = (text: string) => judgeAppearance({ pageBackgroundColor: text }, 'production').length === 0;
const rulesOf = (text: string) =>
  judgeAppearance({ themeVariables: { '--a': text } }, 'production').map(({ rule }) => rule);
const values = (text: string) => judgeAppearance({ themeVariables: { '--a': text } }, 'production').length === 0;

describe('a colour', () => {
  test.each([
    '#fff',
    '#FFFA',
    '#336699',
    '#33669980',
    'rebeccapurple',
    'transparent',
    'rgb(1, 2, 3)',
    'rgb(0 0 0 / 50%)',
  ])('may be %s', (text) => expect(colours(text)).toBe(true));
  test.each(['hsl(120deg 75% 25%)', 'oklch(0.5 0.2 none)', 'rgba(1,2,3,.5)'])('may be %s', (text) =>
    expect(colours(text)).toBe(true),
  );
  test.each([
    '',
    '#',
    '#12345',
    '336699',
    'red;',
    'red url(x)',
    'rgb()',
    'rgb(1',
    'rgb(var(--x))',
    'rgb(1,2,3);',
    'a b',
  ])('is not %j', (text) => expect(colours(text)).toBe(false));
});

describe('a value of a CSS variable', () => {
  test.each([
    '',
    '4px',
    '1.5rem',
    '"Inter", sans-serif',
    "'A (b)'",
    'calc(100% - 2 * 4px)',
    '0 1px 2px rgb(0 0 0 / 20%)',
    '-1',
  ])('may be %j', (text) => expect(values(text)).toBe(true));
  test.each([
    'red;',
    'red}',
    'a{b',
    '</style>',
    'url(x)',
    'URL (x)',
    'image-set("x" 1x)',
    'expression(alert(1))',
    '"a',
    "a'",
    `"a' "`,
    '(a',
    'a)',
    ')(',
    '/* x */',
    'a/*',
    '\\75rl(x)',
    'a\nb',
    '@import',
    'é',
    'x'.repeat(201),
  ])('is not %j', (text) => expect(values(text)).toBe(false));

  test('is refused by the rule "appearance"', () => expect(rulesOf('url(x)')).toEqual(['appearance']));

  test('whatever is accepted ends no declaration, opens no comment, escapes nothing and leads nowhere', () => {
    const sign = fc.constantFrom(...`ab1 #%.,()/+*'"-;{}<>\\:@\n`, 'url(', 'rgb(', '/*', '*/', 'src (');
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), (signs) => {
        const text = signs.join('');
        if (!values(text)) return;
        expect(text).not.toMatch(/[;{}<>\\:@\r\n]|\/\*|\*\/|(?:url|src)\s*\(/i);
        const [double, single] = [text.split('"').length, text.split("'").length];
        expect([double % 2, single % 2]).toEqual([1, 1]);
      }),
      { numRuns: 5000 },
    );
  });
});
