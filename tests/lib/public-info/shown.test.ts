import { describe, expect, test } from 'vitest';
import { textsIn } from '#lib/languages/index';
import { inLanguage, type PublicClient, safeLink, standingOf } from '#lib/public-info/index';
import { standingWords } from '../../../app/(owner)/clients/words.ts';

describe('only a safe web address becomes a link', () => {
  const rows: [string | null, string | undefined][] = [
    [null, undefined],
    ['', undefined],
    ['javascript:alert(1)', undefined],
    ['JaVaScRiPt:alert(1)', undefined],
    [' javascript:alert(1)', undefined],
    ['java\nscript:alert(1)', undefined],
    ['data:text/html,<script>', undefined],
    ['vbscript:x', undefined],
    ['blob:https://a.example/x', undefined],
    ['//evil.example', undefined],
    ['/relative', undefined],
    ['http://plain.example/', undefined],
    ['http://localhost.evil.example/', undefined],
    ['https://user:pass@evil.example/', undefined],
    ['https://bank.example@evil.example/', undefined],
    ['http://127.0.0.1:8080/a', '127.0.0.1:8080'],
    ['http://localhost/a', 'localhost'],
    ['http://[::1]:3000/', '[::1]:3000'],
    ['https://a.example:8443/privacy?x=1', 'a.example:8443'],
    ['https://bücher.example/', 'xn--bcher-kva.example'],
  ];
  test.for(rows)('%j shows %s', ([uri, host]) => expect(safeLink(uri)?.host).toBe(host));
});

test('the status of an app takes precedence over its standing', () => {
  expect(standingOf({ firstParty: false, status: 'active', verified: true, selfRegistered: true })).toBe('verified');
  expect(standingOf({ firstParty: false, status: 'active', verified: false, selfRegistered: false })).toBe(
    'unverified',
  );
  expect(standingOf({ firstParty: false, status: 'active', verified: false, selfRegistered: true })).toBe(
    'self_registered',
  );
  expect(standingOf({ firstParty: false, status: 'suspended', verified: true, selfRegistered: true })).toBe(
    'suspended',
  );
  expect(standingOf({ firstParty: false, status: 'disabled', verified: true, selfRegistered: true })).toBe('disabled');
  expect(standingOf({ firstParty: true, status: 'active', verified: false, selfRegistered: false })).toBe(
    'first_party',
  );
  expect(standingOf({ firstParty: true, status: 'suspended', verified: true, selfRegistered: false })).toBe(
    'suspended',
  );
});

test('the portal uses the words of the public pages', () =>
  expect(standingWords).toEqual(titles(textsIn('en').standing)));

const titles = (standing: Record<string, { title: string }>) =>
  Object.fromEntries(Object.entries(standing).map(([name, { title }]) => [name, { title }]));

describe('the developer’s own texts in a language', () => {
  const client = (localized: PublicClient['localized']) =>
    ({ name: 'Ledger', tosUri: 'https://a.example/', localized }) as PublicClient;
  const rows: [PublicClient['localized'], string][] = [
    [{}, 'Ledger'],
    [{ it: { name: 'Mastro' } }, 'Mastro'],
    [{ IT: { name: 'Mastro' } }, 'Mastro'],
    [{ 'it-CH': { name: 'Svizzero' }, it: { name: 'Mastro' } }, 'Mastro'],
    [{ 'it-CH': { name: 'Svizzero' } }, 'Svizzero'],
    [{ pl: { name: 'Księga' } }, 'Ledger'],
    [{ it: { tosUri: 'https://a.example/it' } }, 'Ledger'],
  ];
  test.for(rows)('%j', ([localized, name]) => expect(inLanguage(client(localized), 'it').name).toBe(name));
  test('a missing text falls back to the untagged one', () => {
    expect(inLanguage(client({ it: { name: 'Mastro' } }), 'it').tosUri).toBe('https://a.example/');
  });
});
