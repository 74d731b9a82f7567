import { describe, expect, test } from 'vitest';
import { judgeRedirectUri, type RedirectContext } from '#lib/clients/redirect-uri';
import { suggestRedirectUri } from '#lib/clients/redirect-uri-fix';

const web: RedirectContext = { applicationType: 'web', environment: 'production', confidential: true };
const webAtHome: RedirectContext = { ...web, environment: 'development' };
const native: RedirectContext = { applicationType: 'native', environment: 'production', confidential: false };

describe('what is refused for its spelling gets the spelling that is accepted', () => {
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
    ['R9', 'com.example.app://oauth/cb', 'com.example.app:/oauth/cb', native],
  ])('%s: %s', (_rule, raw, better, context) => {
    expect(suggestRedirectUri(raw, context)).toBe(better);
    expect(judgeRedirectUri(better, context).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('nothing is suggested', () => {
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
  ])('%s: %s', (_why, raw, context) => expect(suggestRedirectUri(raw, context)).toBeUndefined());
});
