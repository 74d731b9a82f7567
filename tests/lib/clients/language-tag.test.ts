import { expect, test } from 'vitest';
import { isLanguageTag, judgeLanguages } from '#lib/clients/rules/language-tag';

const none = { name: 'App', clientUri: null, logoUri: null, tosUri: null, policyUri: null };

test.each([
  'it',
  'pl',
  'pt-BR',
  'zh-Hant-TW',
  'de-CH-1996',
  'sl-rozaj',
  'es-419',
  'EN-us',
  'x-klingon',
  'en-a-bbb-x-a',
])('M12 %s is a language tag', (tag) => expect(isLanguageTag(tag)).toBe(true));
test.each(['', 'i', 'it_IT', 'it-', '-it', 'it--IT', 'italiano-', 'français', 'it#', 'x', 'a'.repeat(65), '__proto__'])(
  'M12 %j is not a language tag',
  (tag) => expect(isLanguageTag(tag)).toBe(false),
);
test('M12 one value per tag, whatever its case', () =>
  expect(judgeLanguages({ it: { name: 'Una' }, IT: { name: 'Altra' } }, none)).toMatchObject([
    { field: 'localized.IT', rule: 'M12', severity: 'error' },
  ]));
test('M12 an untagged value should exist beside it', () =>
  expect(judgeLanguages({ it: { name: 'Una', tosUri: 'https://a.example/it' } }, none)).toMatchObject([
    { field: 'localized.it.tosUri', rule: 'M12', severity: 'warning' },
  ]));
test('M12 at most 50 languages', () =>
  expect(
    judgeLanguages(Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`x-${index}`, {}])), none),
  ).toMatchObject([{ field: 'localized', rule: 'M12' }]));
