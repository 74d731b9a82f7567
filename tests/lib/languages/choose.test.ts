import { describe, expect, test } from 'vitest';
import { acceptedLanguage, addressIn, languageOfPage, languages, textsIn } from '#lib/languages/index';

describe('Accept-Language', () => {
  const rows: [string | undefined, string][] = [
    [undefined, 'en'],
    ['', 'en'],
    ['it', 'it'],
    ['it-CH', 'it'],
    ['PL-pl', 'pl'],
    ['de, pl;q=0.8, it;q=0.9', 'it'],
    ['de, fr', 'en'],
    ['de, *', 'en'],
    ['*;q=0.1, pl;q=0.5', 'pl'],
    ['it;q=0, pl;q=0.1', 'pl'],
    ['it;q=0', 'en'],
    ['it;q=2, pl', 'pl'],
    ['italian', 'en'],
    [';;,,q=1;,', 'en'],
    ['__proto__, constructor', 'en'],
    [`${'x,'.repeat(100_000)}it`, 'en'],
  ];
  test.for(rows)('%j gives %s', ([header, language]) => expect(acceptedLanguage(header)).toBe(language));
});

describe('the language of a page', () => {
  test('is the one that ?lang= names, where it names one of ours', () => {
    expect(languageOfPage('/public/x/info?lang=pl', 'it')).toBe('pl');
    expect(languageOfPage('/public/x/info?lang=de&lang=pl', 'it')).toBe('it');
    expect(languageOfPage('/consent/x', 'it')).toBe('it');
    expect(languageOfPage('/device?user_code=x&lang=pl', 'it')).toBe('pl');
  });
  test('is English if no other one is available', () => {
    expect(languageOfPage('/clients?lang=it', 'it')).toBe('en');
    expect(languageOfPage('/publicity', 'it')).toBe('en');
    expect(languageOfPage('/devices', 'it')).toBe('en');
  });
});

test('every language has every text, none of them English', () => {
  const leaves = (value: unknown, path: string): [string, string][] => {
    if (typeof value === 'string') return [[path, value]];
    if (typeof value === 'function') return [[path, String(value('NAME'))]];
    return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
  };
  const english = new Map(leaves(textsIn('en'), ''));
  for (const language of languages.filter((one) => one !== 'en'))
    for (const [path, text] of leaves(textsIn(language), '')) {
      expect(text.trim(), `${language}${path}`).not.toBe('');
      expect(text, `${language}${path}`).not.toBe(english.get(path));
    }
});

test.each([
  ['it', '/consent/x', '/consent/x?lang=it'],
  ['it', '/consent/x?lang=pl&a=b', '/consent/x?lang=it&a=b'],
  ['de', '/consent/x?lang=pl', '/consent/x?lang=pl'],
  [undefined, '/consent/x', '/consent/x'],
])('a link keeps %s: %s becomes %s', (language, address, expected) => {
  expect(addressIn(language, address)).toBe(expected);
});
