import { beforeAll, describe, expect, test } from 'vitest';
import { writeFault } from '#lib/dialects/apps/index';
import { ask, aToken } from '#support/api';
import { anAccount, errorOf, type NewApp } from '#support/apps';
import { db } from '#support/database';

let mine: Awaited<ReturnType<typeof anAccount>>;
let theirs: Awaited<ReturnType<typeof anAccount>>;
let own: NewApp;
let foreign: NewApp;
let expired: string;
beforeAll(async () => {
  mine = await anAccount();
  theirs = await anAccount();
  own = await mine.make('mine');
  foreign = await theirs.make('theirs');
  const expiresAt = new Date(Date.now() - 1000);
  expired = await aToken(db, mine.owner, mine.organizationId, { scopes: ['read', 'write'], expiresAt });
});

const routes: [method: string, path: string, body?: unknown][] = [
  ['GET', '/o/apps/'],
  ['POST', '/o/apps/', { name: 'x' }],
  ['DELETE', '/o/apps/1/'],
];

describe.each(routes)('%s %s', (method, path, body) => {
  test.each<[string, string | undefined]>([
    ['no credential', undefined],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['an empty token', 'Bearer '],
    ['a token of nobody', `Bearer clt_pat_${'0'.repeat(49)}`],
    ['a malformed header', 'Bearer a b c'],
    ['two tokens', 'Bearer x, Bearer y'],
    ['a very long token', `Bearer ${'x'.repeat(8000)}`],
  ])('with %s is 401', async (_what, authorization) => {
    const answer = await ask(method, path, { body, headers: authorization === undefined ? {} : { authorization } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(await errorOf(answer)).toMatchObject({ code: 'unauthorized', details: {} });
  });

  test('with an expired token is 401; in the query no token counts', async () => {
    expect((await ask(method, path, { body, token: expired })).status).toBe(401);
    expect((await ask(method, `${path}?access_token=${mine.token}`, { body })).status).toBe(401);
  });

  test('needs read and write, both', async () => {
    for (const scopes of [
      ['read'],
      ['write'],
      ['clients:read'],
      ['clients:write'],
      ['grants:read', 'clients:secrets'],
    ] as const) {
      const answer = await ask(method, path, { body, token: await mine.withScopes(...scopes) });
      expect(answer.status).toBe(403);
      expect((await errorOf(answer)).code).toBe('permission_denied');
    }
  });
});

describe('an id', () => {
  test('that is not the caller’s to see is 404, alike for all', async () => {
    const ids = [String(foreign.id), '2147483647', '2147483648', '99999999999999999999', '0', '-1', `0${own.id}`];
    const nonsense = ['1.0', '1e3', 'nonsense', own.client_id, "1'--", '%00', '%20', '..%2f1', '٣'];
    for (const id of [...ids, ...nonsense]) {
      const answer = await ask('DELETE', `/o/apps/${id}/`, { token: mine.token });
      expect([id, answer.status]).toEqual([id, 404]);
      expect(await errorOf(answer)).toEqual({ code: 'not_found', message: 'Application not found', details: {} });
    }
    expect((await theirs.list()).map(({ id }) => id)).toEqual([foreign.id]);
    expect((await mine.list()).map(({ id }) => id)).toEqual([own.id]);
  });
});

describe('a body', () => {
  test.each<[string, unknown, RegExp]>([
    ['without a name', {}, /required/],
    ['with null for a name', { name: null }, /required/],
    ['with an empty name', { name: '' }, /name/],
    ['with a blank name', { name: ' \t ' }, /name/],
    ['with too long a name', { name: 'x'.repeat(257) }, /256/],
    ['with a number for a name', { name: 7 }, /text/],
    ['with a name that hides something', { name: 'good\u202ebad' }, /direction/],
  ])('%s is 400 and says so under details', async (_what, body, text) => {
    const answer = await ask('POST', '/o/apps/', { token: mine.token, body });
    expect(answer.status).toBe(400);
    const error = await errorOf(answer);
    expect(error).toMatchObject({ code: 'validation_error', details: { name: [expect.stringMatching(text)] } });
  });

  test.each<[string, string, string, number, string]>([
    ['is empty', '', 'application/json', 400, 'bad_request'],
    ['is cut off', '{"name":"x"', 'application/json', 400, 'bad_request'],
    ['is a list', '[]', 'application/json', 400, 'bad_request'],
    ['is null', 'null', 'application/json', 400, 'bad_request'],
    ['names a key twice', '{"name":"one","name":"two"}', 'application/json', 400, 'bad_request'],
    ['is nested without end', '['.repeat(5000), 'application/json', 400, 'bad_request'],
    ['holds U+0000', '{"name":"a\\u0000"}', 'application/json', 400, 'bad_request'],
    ['is a form', 'name=x', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['has no type', '{"name":"x"}', '', 415, 'unsupported_media_type'],
    ['is too large', JSON.stringify({ name: 'x'.repeat(1024 * 1024) }), 'application/json', 413, 'payload_too_large'],
  ])('that %s is refused', async (_what, body, type, status, code) => {
    const answer = await ask('POST', '/o/apps/', { token: mine.token, body, headers: { 'content-type': type } });
    expect([answer.status, (await errorOf(answer)).code]).toEqual([status, code]);
  });
});

describe('a path', () => {
  test.each<[string, string, string]>([
    ['PUT', '/o/apps/', 'GET, HEAD, POST, OPTIONS'],
    ['DELETE', '/o/apps', 'GET, HEAD, POST, OPTIONS'],
    ['GET', '/o/apps/1/', 'DELETE, OPTIONS'],
    ['PATCH', '/o/apps/1', 'DELETE, OPTIONS'],
  ])('refuses %s %s with 405 and says what it allows', async (method, path, allow) => {
    const answer = await ask(method, path, { token: mine.token });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    expect((await errorOf(answer)).code).toBe('method_not_allowed');
  });

  test.each(['/o/apps/1/2/', '/o/apps//', '/o/apps//1/'])(
    'that does not exist is 404 in its shape: %s',
    async (path) => {
      const answer = await ask('DELETE', path, { token: mine.token });
      expect([answer.status, (await errorOf(answer)).code]).toEqual([404, 'not_found']);
    },
  );
});

test('a 500 and an unavailable database have the envelope too', () => {
  expect(writeFault({ status: 500, detail: 'Internal Server Error' }).body).toEqual({
    error: { code: 'internal_error', message: 'Internal Server Error', details: {} },
  });
  expect(writeFault({ status: 503, detail: 'Try again.', headers: { 'retry-after': '2' } })).toMatchObject({
    headers: { 'retry-after': '2' },
    body: { error: { code: 'service_unavailable' } },
  });
});
