import { describe, expect, test } from 'vitest';
import { judgeName, judgeText, normaliseName, normaliseText } from '#lib/clients/rules/name';
import { nameSkeleton } from '#lib/names/index';

describe('M11 name', () => {
  test.each([
    'a',
    'Invoice sync',
    'Zażółć gęślą jaźń',
    'Città',
    '应用程序',
    'مدير الفواتير',
    '❤️ Cards',
    '🏳️\u200d🌈 Pride',
    '👩\u200d👩\u200d👧\u200d👦',
    '👩🏽\u200d💻 Coder',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} Tours',
    '1\ufe0f\u20e3 First',
    'می\u200cخواهم',
    'نرم\u200cافزار مالی',
    'क्\u200dष', // Devanagari: a virama before the joiner
    'क्\u200cष',
    'നന്\u200dമ',
    'ශ්\u200dරී ලංකා', // Sinhala
    '葛\u{e0100}飾', // a registered form of a Han character
    'x'.repeat(256),
    '😀'.repeat(256),
    '  padded  ',
  ])('accepts %j', (name) => expect(judgeName(name)).toEqual([]));

  test.each([
    ['nothing', ''],
    ['white space only', ' \t\n\u00a0\u3000 '],
    ['257 characters', 'x'.repeat(257)],
    ['257 code points of two units', '😀'.repeat(257)],
    ['U+0000', 'a\u0000b'],
    ['a line feed inside', 'a\nb'],
    ['a tab inside', 'a\tb'],
    ['DEL', 'a\u007fb'],
    ['a C1 control', 'a\u0085b'],
    ['a line separator', 'a\u2028b'],
    ['a right-to-left override', 'Inv\u202egpj.ecio'],
    ['an isolate', 'a\u2066b\u2069'],
    ['a right-to-left mark', 'a\u200fb'],
    ['an Arabic letter mark', 'a\u061cb'],
    ['a zero-width space', 'Git\u200bHub'],
    ['a zero-width joiner', 'a\u200db'],
    ['a zero-width non-joiner', 'a\u200cb'],
    ['a joiner between Latin and a pictogram', 'a\u200d🌈'],
    ['a joiner after a pictogram', '🏳️\u200d'],
    ['a joiner at the end of a word', 'می\u200c'],
    ['a joiner at the start of a word', '\u200cخواهم'],
    ['two joiners in a row', 'می\u200c\u200cخواهم'],
    ['a joiner between Cyrillic letters', 'да\u200dда'],
    ['a tag sequence that is no flag', '🏴\u{e0061}\u{e0062}\u{e007f}'],
    ['tags after any other pictogram', '😀\u{e0067}\u{e007f}'],
    ['a Han variation selector on a letter', 'a\u{e0100}'],
    ['a word joiner', 'a\u2060b'],
    ['a byte order mark inside', 'a\ufeffb'],
    ['a soft hyphen', 'a\u00adb'],
    ['a Hangul filler', '\u3164'],
    ['a blank Braille pattern', '\u2800'],
    ['a tag character', 'a\u{e0041}b'],
    ['a variation selector on a letter', 'a\ufe0fb'],
    ['a lone high surrogate', 'a\ud800'],
    ['a lone low surrogate', '\udc00a'],
    ['a private-use character', 'Pear \uf8ff'],
    ['a noncharacter', 'a\uffff'],
  ])('refuses %s', (_what, name) =>
    expect(judgeName(name)).toMatchObject([{ field: 'name', rule: 'M11', severity: 'error' }]),
  );

  test('is stored as NFC without white space around it', () => expect(normaliseName(' Cafe\u0301\n')).toBe('Café'));
  test('the length counts after NFC and trim', () => {
    expect(judgeName(` ${'e\u0301'.repeat(256)} `)).toEqual([]);
    expect(judgeName(' a ', { lengthMin: 3 })).toHaveLength(1);
    expect(judgeName('abc', { lengthMin: 3 })).toEqual([]);
  });
});

describe('M11 skeleton', () => {
  test.each([
    ['GitHub', 'Gіthub'],
    ['GitHub', 'GITHUB'],
    ['میخواهم', 'می\u200cخواهم'],
    ['GitHub', 'Git Hub'],
    ['GitHub', 'ｇｉｔｈｕｂ'],
    ['PayPal', 'PayPaI'],
    ['Google', 'G00gle'],
    ['modern', 'rnodern'],
    ['Clientele', '𝐂lientele'],
  ])('%s is confusable with %s', (left, right) => expect(nameSkeleton(left)).toBe(nameSkeleton(right)));

  test.each([
    ['GitHub', 'GitLab'],
    ['Invoice sync', 'Invoice link'],
    ['Café', 'Cafe'],
  ])('%s is not confusable with %s', (left, right) => expect(nameSkeleton(left)).not.toBe(nameSkeleton(right)));
});

describe('texts', () => {
  const description = { field: 'description', lengthMax: 255, lines: true };
  test('line breaks are allowed only with the option', () => {
    expect(judgeText('first\nsecond', description)).toEqual([]);
    expect(judgeText('first\nsecond', { ...description, lines: false })).toHaveLength(1);
    expect(judgeText(normaliseText('first\r\nsecond'), description)).toEqual([]);
  });
  test.each(['a\u0000', 'a\rb', 'a\tb', 'a\u202eb', '\ud800', 'a\ufffe', '😀'.repeat(256)])('refuses %j', (text) =>
    expect(judgeText(text, description)).toMatchObject([{ field: 'description', severity: 'error' }]),
  );
  test('joiners that scripts need are kept, and code points are counted', () =>
    expect(judgeText(`می\u200cخواهم 👩\u200d💻 ${'😀'.repeat(200)}`, description)).toEqual([]));
});
