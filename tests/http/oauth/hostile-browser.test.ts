import { beforeAll, describe, expect, test } from 'vitest';
import { aPersonsAgent, authorizationUrl, aWebApp, callback } from '#support/authorizing';
import { log, origin } from '#support/listening';

let app: Awaited<ReturnType<typeof aWebApp>>;
beforeAll(async () => {
  app = await aWebApp({ requirePkce: false });
});

const ask = (path: string, init: RequestInit = {}) => fetch(origin + path, { ...init, redirect: 'manual' });

/** Refused by a page of ours, or sent to the registered address with an error: never anywhere else, and never by our fault. */
function judged({ status, headers }: Response): string {
  expect(status).toBeLessThan(500);
  expect(headers.get('cache-control') ?? 'no-store').toBe('no-store');
  const location = headers.get('location');
  if (location === null) return headers.get('x-page')?.startsWith('/refused/') ? 'page' : String(status);
  const url = new URL(location, origin);
  if (url.origin === origin) return url.pathname.split('/')[1] ?? '';
  expect(url.origin + url.pathname).toBe(callback);
  const told = url.search === '' ? new URLSearchParams(url.hash.slice(1)) : url.searchParams;
  expect(told.get('iss')).toBe(origin);
  expect(told.has('code')).toBe(false);
  expect(told.get('error_description') ?? 'x').toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  return told.get('error') ?? 'nothing';
}

const long = 'x'.repeat(12_000);
const rows: [title: string, query: (right: string) => string, expected: string][] = [
  ['nothing', () => '', 'page'],
  ['a client twice', (right) => `${right}&client_id=x`, 'page'],
  ['a redirect URI twice', (right) => `${right}&redirect_uri=https://evil.example/`, 'page'],
  ['a state twice', (right) => `${right}&state=2`, 'invalid_request'],
  ['U+0000 in the client', () => 'client_id=%00&response_type=code', 'page'],
  ['U+0000 in the redirect URI', (right) => right.replace(/redirect_uri=[^&]+/, '$&%00'), 'page'],
  ['U+0000 in the state', (right) => right.replace('a-state', 'a%00b'), 'invalid_request'],
  ['U+0000 in the scope', (right) => `${right.replace(/scope=[^&]+/, 'scope=read%00')}`, 'invalid_scope'],
  ['U+0000 in the nonce', (right) => `${right}&nonce=%00`, 'invalid_request'],
  ['U+0000 in a hint', (right) => `${right}&login_hint=%00`, 'invalid_request'],
  ['what is no UTF-8', (right) => `${right}&nonce=%ff%fe`, 'consent'],
  ['half of a surrogate pair', (right) => `${right}&nonce=%ed%a0%80`, 'consent'],
  ['a client of 12 KB', () => `client_id=${long}`, 'page'],
  ['a scope of 12 KB', (right) => right.replace(/scope=[^&]+/, `scope=${long}`), 'invalid_scope'],
  ['a scope of nobody', (right) => right.replace(/scope=[^&]+/, 'scope=magic'), 'invalid_scope'],
  ['a state of 12 KB', (right) => right.replace('a-state', long), 'consent'],
  ['a state of line breaks', (right) => right.replace('a-state', '%0d%0aSet-Cookie:%20a=b'), 'consent'],
  ['a redirect URI of line breaks', (right) => right.replace(/redirect_uri=[^&]+/, '$&%0d%0ax:y'), 'page'],
  [
    'a type that is none',
    (right) => right.replace('response_type=code', 'response_type=token'),
    'unsupported_response_type',
  ],
  [
    'a type twice',
    (right) => right.replace('response_type=code', 'response_type=code%20code'),
    'unsupported_response_type',
  ],
  ['a mode that is none', (right) => `${right}&response_mode=web_message`, 'unsupported_response_mode'],
  ['claims that are no JSON', (right) => `${right}&claims=%7B`, 'invalid_request'],
  ['claims of U+0000', (right) => `${right}&claims=%7B%22userinfo%22:%7B%22%5Cu0000%22:null%7D%7D`, 'invalid_request'],
  [
    'claims of half of a surrogate pair',
    (right) => `${right}&claims=%7B%22id_token%22:%7B%22%5CuD800%22:null%7D%7D`,
    'invalid_request',
  ],
  ['claims that are deep', (right) => `${right}&claims=${'['.repeat(5000)}`, 'invalid_request'],
  ['a request object', (right) => `${right}&request=a.b.c`, 'request_not_supported'],
  ['a request that was not pushed', (right) => `${right}&request_uri=urn:x`, 'request_uri_not_supported'],
  ['an age that is none', (right) => `${right}&max_age=-1`, 'invalid_request'],
  ['a prompt that is none', (right) => `${right}&prompt=never`, 'invalid_request'],
  ['a hint that is none', (right) => `${right}&id_token_hint=x`, 'invalid_request'],
  ['names that objects have by birth', (right) => `${right}&__proto__=1&constructor=1&toString=1`, 'consent'],
];

describe.each(['/oauth/authorize', '/oauth2/authorize', '/v2/oauth/authorize'])('%s', (path) => {
  test.each(rows)('by address: %s', async (_title, query, expected) => {
    const right = authorizationUrl(app).split('?')[1] ?? '';
    const agent = await aPersonsAgent();
    expect(judged(await agent.go(`${path}?${query(right)}`))).toBe(expected);
  });

  test.each<[string, RequestInit, string]>([
    ['nothing', {}, 'page'],
    ['JSON', { body: '{"client_id":"x"}', headers: { 'content-type': 'application/json' } }, 'page'],
    ['a parameter twice', { body: 'client_id=a&client_id=b' }, '400'],
    ['U+0000', { body: 'client_id=%00' }, '400'],
    ['what is no UTF-8', { body: 'client_id=%ff' }, '400'],
    ['60 KB', { body: `state=${'x'.repeat(60_000)}` }, '413'],
  ])('as a form: %s', async (_title, init, expected) => {
    expect(judged(await ask(path, { method: 'POST', ...init }))).toBe(expected);
  });

  test.each(['PUT', 'PATCH', 'DELETE'])('%s: 405', async (method) => {
    expect((await ask(path, { method })).status).toBe(405);
  });

  test('HEAD shows and begins nothing that GET does not', async () => {
    expect((await ask(`${path}?client_id=x`, { method: 'HEAD' })).status).toBeLessThan(500);
  });
});

describe('the other endpoints for browsers', () => {
  test.each([
    '/oauth/authorize/nothing',
    '/oauth/authorize/%00',
    `/oauth/authorize/${'x'.repeat(5000)}`,
    '/oauth/end-session?id_token_hint=%00&client_id=%00&state=%00',
    `/oauth/end-session?id_token_hint=${long}`,
    '/oauth/end-session?post_logout_redirect_uri=https://evil.example/',
    '/oauth/end-session?client_id=a&client_id=b',
    '/consent/%00/continue',
    '/consent/nothing/continue',
  ])('%s redirects nowhere else, and is not a 500', async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBeLessThan(500);
    expect(new URL(answer.headers.get('location') ?? '/', origin).origin).toBe(origin);
  });

  test.each(['/oauth/end-session', '/oauth/end-session/answer', '/consent/nothing/answer', '/consent/%00/answer'])(
    'POST %s of what it may be',
    async (path) => {
      for (const body of ['', 'a=1&a=2', 'a=%00', 'a=%ff', 'note=x&decision=leave', `x=${'x'.repeat(2_000_000)}`])
        for (const type of ['application/x-www-form-urlencoded', 'application/json'])
          for (const from of [origin, 'https://evil.example', 'null']) {
            const headers = { 'content-type': type, origin: from };
            const answer = await ask(path, { method: 'POST', body, headers });
            expect(answer.status).toBeLessThan(500);
          }
    },
  );

  test('none of these requests was a 500', () => {
    expect(log.filter(({ level, status }) => level === 'error' || Number(status) >= 500)).toEqual([]);
  });
});
