import { describe, expect, test } from 'vitest';
import { judgeRedirectUri, type RedirectContext } from '#lib/clients/rules/redirect-uri';
import { suggestRedirectUri } from '#lib/clients/rules/redirect-uris';

const web: RedirectContext = { applicationType: 'web', environment: 'production', confidential: true };
const webAtHome: RedirectContext = { ...web, environment: 'development' };
const native: RedirectContext = { applicationType: 'native', environment: 'production', confidential: false };

describe('a misspelled URI gets a suggestion', () => {
  test.each([
    ['R1', 'app.example.com/cb', 'https://app.example.com/cb', web],
    ['R1', '//example.com/cb', 'https://example.com/cb', web],
    ['R1', 'https:example.com/cb', 'https://example.com/cb', web],
    ['R2', 'https://example.com/cb#', 'https://example.com/cb', web],
    ['R2', 'https://example.com/cb#token', 'https://example.com/cb', web],
    ['R3', '  https://example.com/cb ', 'https://example.com/cb', web],
    ['R3', 'https://example.com/a b', 'https://example.com/a%20b', web],
    ['R3', 'https://bücher.example/cb', 'https://xn--bcher-kva.example/cb', web],
    ['R3', 'https://example.com./cb', 'https://example.com/cb', web],
    ['R5', 'http://example.com/cb', 'https://example.com/cb', web],
    ['R5', 'localhost:3000/cb', 'http://localhost:3000/cb', webAtHome],
    ['R7', 'https://127.0.0.1/cb', 'http://127.0.0.1/cb', native],
    ['R1', '"https://example.com/cb"', 'https://example.com/cb', web],
    ['R1', '“https://example.com/cb”', 'https://example.com/cb', web],
    ['R1', "'https://example.com/cb',", 'https://example.com/cb', web],
    ['R1', '<https://example.com/cb>', 'https://example.com/cb', web],
    ['R1', '`https://example.com/cb`', 'https://example.com/cb', web],
    ['R1', '**https://example.com/cb**', 'https://example.com/cb', web],
    ['R1', '["https://example.com/cb"]', 'https://example.com/cb', web],
    ['R1', '[callback](https://example.com/cb)', 'https://example.com/cb', web],
    ['R1', '- https://example.com/cb', 'https://example.com/cb', web],
    ['R1', '(http://[::1])', 'http://[::1]', native],
    ['R3', '\u200bhttps://example.com/cb\ufeff', 'https://example.com/cb', web],
    ['R3', 'https://exam\u00adple.com/cb', 'https://example.com/cb', web],
  ])('%s: %s', (_rule, raw, better, context) => {
    expect(suggestRedirectUri(raw, context)).toBe(better);
    expect(judgeRedirectUri(better, context).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('no suggestion', () => {
  test.each([
    ['where nothing is wrong', 'https://example.com/cb', web],
    ['where the owner has to decide who is meant (R3)', 'https://example.com@evil.test/cb', web],
    ['where the owner has to decide who is meant (R3)', 'https://example.com\\@evil.test/cb', web],
    ['for this machine in production (R8)', 'http://localhost:3000/cb', web],
    ['for wildcards (R12)', 'https://*.example.com/cb', web],
    ['for schemes that are never accepted (R4)', 'javascript:alert(1)', web],
    ['for a scheme that is no domain (R9)', 'myapp:/cb', native],
    ['for dot segments (R3)', 'https://example.com/a/../b', web],
    ['for nothing', '', web],
    ['for several in one', 'https://a.example/cb https://b.example/cb', web],
    ['for several in one', 'https://a.example/cb\nhttps://b.example/cb', web],
    ['for several in one', 'https://a.example/cb, b cd https://b.example/cb', web],
    ['for a path alone', '/callback', web],
    ['for a word', 'callback', web],
    ['for wildcards at the end (R12)', 'https://example.com/*', web],
  ])('%s: %s', (_why, raw, context) => expect(suggestRedirectUri(raw, context)).toBeUndefined());
});
