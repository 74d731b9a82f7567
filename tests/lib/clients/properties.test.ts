import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applicationTypes, environments } from '#lib/clients/client';
import { judgeAllowedOrigins } from '#lib/clients/rules/allowed-origin';
import { completeMetadata } from '#lib/clients/rules/complete-metadata';
import { judgeJwks } from '#lib/clients/rules/jwks';
import { isLanguageTag } from '#lib/clients/rules/language-tag';
import { judgeMetadata } from '#lib/clients/rules/metadata';
import { readMetadata } from '#lib/clients/rules/metadata-shape';
import { judgeName, normaliseName } from '#lib/clients/rules/name';
import { judgeRedirectUri } from '#lib/clients/rules/redirect-uri';
import { redirectUriMatches } from '#lib/clients/rules/redirect-uris';
import { isScopeToken, readScopeString } from '#lib/clients/rules/scope';
import { splitUri } from '#lib/clients/rules/uri';
import { judgeWebUri, withHttps } from '#lib/clients/rules/web-uri';
import { provenances } from '#lib/kernel/actor';
import { nameSkeleton } from '#lib/names/index';

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
);
const piece = fc.constantFrom(
  'https',
  'http',
  'HTTP',
  'com.example.app',
  'cursor',
  'javascript',
  ':',
  '/',
  '//',
  '\\',
  '@',
  '#',
  '?',
  '*',
  '.',
  '..',
  ';',
  '%2e',
  '%00',
  '%',
  '[',
  ']',
  '127.0.0.1',
  '127.1',
  'localhost',
  '[::1]',
  '[::ffff:127.0.0.1]',
  'app.example',
  'EXAMPLE',
  'é',
  '。',
  'xn--bcher-kva',
  ':443',
  ':0',
  ' ',
  '\t',
  '\n',
  '\u0000',
  '\ud800',
  'cb',
  '=',
  '&',
);
const uriLike = fc.oneof(
  anything,
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('')),
  fc.array(piece, { maxLength: 6 }).map((pieces) => `https://app.example/${pieces.join('')}`),
  fc.array(piece, { maxLength: 6 }).map((pieces) => `http://127.0.0.1${pieces.join('')}`),
  fc.array(piece, { maxLength: 6 }).map((pieces) => `com.example.app:/${pieces.join('')}`),
);
const context = fc.record({
  applicationType: fc.constantFrom(...applicationTypes),
  environment: fc.constantFrom(...environments),
  confidential: fc.boolean(),
});
const accepted = (issues: { severity?: string }[]) => issues.every((issue) => issue.severity === 'warning');
const runs = { numRuns: 3000 };

describe('redirect URIs, whatever is typed', () => {
  test('never throws, and gives the same result twice', () =>
    fc.assert(
      fc.property(uriLike, context, (raw, where) => {
        expect(judgeRedirectUri(raw, where)).toEqual(judgeRedirectUri(raw, where));
      }),
      runs,
    ));

  test('R1–R4 an accepted one has no byte ≤ 0x20, backslash, fragment, user name, dot segment or wildcard', () =>
    fc.assert(
      fc.property(uriLike, context, (raw, where) => {
        if (!accepted(judgeRedirectUri(raw, where))) return;
        expect(raw).toMatch(/^[\x21-\x7e]+$/);
        expect(raw).not.toMatch(/[\\#*]/);
        expect(raw).not.toMatch(/^(?:javascript|vbscript|data|blob|file|about):/i);
        expect(splitUri(raw)?.userinfo).toBeUndefined();
        const url = new URL(raw);
        expect([url.username, url.password, url.hash]).toEqual(['', '', '']);
        expect(url.pathname.split('/')).not.toContain('..');
      }),
      runs,
    ));

  test('R3 the parser of browsers reads an accepted web URI as we do', () =>
    fc.assert(
      fc.property(uriLike, context, (raw, where) => {
        const parts = splitUri(raw);
        if (!accepted(judgeRedirectUri(raw, where)) || !/^https?$/i.test(parts?.scheme ?? '')) return;
        const url = new URL(raw);
        expect(url.hostname).toBe(parts?.host?.toLowerCase());
        expect(url.pathname).toBe(parts?.path || '/');
        expect(url.search.slice(1)).toBe((parts?.query ?? '').replaceAll("'", '%27'));
      }),
      runs,
    ));

  test('R5, R8 an accepted http one leads to this machine', () =>
    fc.assert(
      fc.property(uriLike, context, (raw, where) => {
        if (!accepted(judgeRedirectUri(raw, where)) || !/^http:/i.test(raw)) return;
        expect(['127.0.0.1', '[::1]', 'localhost']).toContain(new URL(raw).hostname);
        if (where.applicationType === 'web' || where.applicationType === 'spa')
          expect(where.environment).toBe('development');
      }),
      runs,
    ));

  test('R10 a match is the string itself, or a loopback address with another port', () =>
    fc.assert(
      fc.property(uriLike, uriLike, (registered, requested) => {
        expect(redirectUriMatches(registered, registered)).toBe(true);
        if (registered === requested || !redirectUriMatches(registered, requested)) return;
        expect(new URL(requested).hostname).toBe(new URL(registered).hostname);
        expect(requested).toMatch(/^http:\/\/(?:127\.0\.0\.1|\[::1\])/);
      }),
      runs,
    ));

  test('R10 every port of a loopback address matches', () =>
    fc.assert(
      fc.property(fc.constantFrom('127.0.0.1', '[::1]'), fc.integer({ min: 1, max: 65535 }), (host, port) => {
        expect(redirectUriMatches(`http://${host}/cb?x=1`, `http://${host}:${port}/cb?x=1`)).toBe(true);
      }),
    ));
});

describe('the other rules, whatever is typed', () => {
  test('M13 an accepted page is safe as an href', () =>
    fc.assert(
      fc.property(uriLike, fc.constantFrom(...environments), (raw, environment) => {
        if (judgeWebUri(raw, { field: 'clientUri', rule: 'M13', environment }).length > 0) return;
        expect(['https:', 'http:']).toContain(new URL(raw).protocol);
        expect(raw).not.toMatch(/["<>\s\\]/);
      }),
      runs,
    ));

  test('an accepted origin is an origin; a complete address is unchanged', () =>
    fc.assert(
      fc.property(uriLike, (raw) => {
        if (judgeAllowedOrigins([raw], { environment: 'production' }).length === 0)
          expect(new URL(raw).origin).toBe(raw);
        expect(withHttps(withHttps(raw))).toBe(withHttps(raw));
      }),
      runs,
    ));

  test('M11 gives a name and its stored form the same result; an accepted one is visible and NFC', () =>
    fc.assert(
      fc.property(anything, (raw) => {
        const name = normaliseName(raw);
        expect(judgeName(name)).toEqual(judgeName(raw));
        expect(normaliseName(name)).toBe(name);
        if (judgeName(raw).length > 0) return;
        expect(name.isWellFormed()).toBe(true);
        expect(name).not.toMatch(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u);
        expect([...name].length).toBeGreaterThan(0);
      }),
      runs,
    ));

  test('M11 a skeleton does not depend on case and has itself as its skeleton', () =>
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(nameSkeleton(nameSkeleton(name))).toBe(nameSkeleton(name));
        expect(nameSkeleton(name.toUpperCase())).toBe(nameSkeleton(name.toLowerCase()));
      }),
      runs,
    ));

  test('M12, M16 tags and tokens are plain ASCII', () =>
    fc.assert(
      fc.property(anything, (text) => {
        if (isLanguageTag(text)) expect(text).toMatch(/^[A-Za-z0-9-]+$/);
        if (isScopeToken(text)) expect(readScopeString(text)).toEqual([text]);
        const read = readScopeString(text);
        expect(readScopeString(read.join(' '))).toEqual(read);
      }),
      runs,
    ));

  test('M8 never throws on any JSON', () =>
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (keys) => void judgeJwks({ keys: keys as unknown[] })),
    ));

  test('whatever is sent, reading, completing and judging it do not throw, and completing twice changes nothing', () => {
    const members = Object.keys(completeMetadata({ name: 'App' }, 'portal'));
    const sent = fc.dictionary(
      fc.oneof(fc.constantFrom(...members), fc.string()),
      fc.oneof(fc.jsonValue(), uriLike, fc.array(uriLike)),
    );
    fc.assert(
      fc.property(sent, fc.constantFrom(...provenances), (input, channel) => {
        const { metadata } = readMetadata(input, 'refused');
        const complete = completeMetadata({ name: 'App', ...metadata }, channel);
        judgeMetadata(complete, { channel });
        expect(completeMetadata(complete, 'portal')).toEqual(complete);
      }),
      { numRuns: 2000 },
    );
  });
});
