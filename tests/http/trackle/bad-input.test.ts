import { beforeAll, describe, expect, test } from 'vitest';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { aClientId, anOrganizationWithProduct, type Item, installed, refusalOf, web } from '#support/trackle';

let mine: Awaited<ReturnType<typeof anOrganizationWithProduct>>;
let theirs: Awaited<ReturnType<typeof anOrganizationWithProduct>>;
let own: Item;
let foreign: Item;
let expired: string;
beforeAll(async () => {
  mine = await anOrganizationWithProduct();
  theirs = await anOrganizationWithProduct();
  own = await mine.make(installed);
  foreign = await theirs.make(installed);
  expired = await aToken(db, mine.owner, mine.organizationId, { expiresAt: new Date(Date.now() - 1000) });
});

/** Every route with its ids filled in, and a body that it accepts. */
const routes = (id: string, product = '7'): [method: string, path: string, body?: unknown][] => [
  ['GET', '/v1/clients'],
  ['POST', '/v1/clients', installed],
  ['PUT', `/v1/clients/${id}`, { name: 'x' }],
  ['DELETE', `/v1/clients/${id}`],
  ['GET', `/v1/products/${product}/clients`],
  ['POST', `/v1/products/${product}/clients`, installed],
  ['PUT', `/v1/products/${product}/clients/${id}`, { name: 'x' }],
  ['DELETE', `/v1/products/${product}/clients/${id}`],
];

describe.each(routes(aClientId))('%s %s', (method, path, body) => {
  test.each<[string, string | undefined]>([
    ['no credential', undefined],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['an empty token', 'Bearer '],
    ['a token of nobody', `Bearer clt_pat_${'0'.repeat(49)}`],
    ['a malformed header', 'Bearer a b c'],
    ['two tokens', 'Bearer x, Bearer y'],
    ['a very long token', `Bearer ${'x'.repeat(8000)}`],
  ])('with %s is 401', async (_what, authorization) => {
    const headers = authorization === undefined ? undefined : { authorization };
    const answer = await ask(method, path, { body, headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect((await refusalOf(answer)).error).toBe('invalid_token');
  });

  test('with an expired token is 401', async () => {
    expect((await ask(method, path, { body, token: expired })).status).toBe(401);
  });

  test('with a token without the scope is 403', async () => {
    const scopes =
      method === 'GET' ? (['read', 'write', 'grants:read'] as const) : (['clients:read', 'write'] as const);
    const token = await aToken(db, mine.owner, mine.organizationId, { scopes: [...scopes] });
    const answer = await ask(method, path, { body, token });
    expect(answer.status).toBe(403);
    await refusalOf(answer);
  });
});

describe('an id that is not the caller’s to see', () => {
  test.each(routes('{id}').filter(([, path]) => path.includes('{id}')))(
    '%s %s: 404, alike for all',
    async (method, path, body) => {
      const at = path.replace('/7/', `/${mine.product.id}/`);
      const refusals = await Promise.all(
        [aClientId, foreign.id, 'nonsense', "1'--", '..%2f..', '%00', `${own.id}0`].map(async (id) => {
          const answer = await ask(method, at.replace('{id}', id), { body, token: mine.token });
          return [answer.status, await refusalOf(answer)];
        }),
      );
      for (const refusal of refusals) expect(refusal).toEqual(refusals[0]);
      expect(refusals[0]).toMatchObject([404, { error: 'Client not found' }]);
    },
  );

  test('nothing of another organization was changed by it', async () => {
    expect(await theirs.list()).toEqual([foreign]);
  });
});

describe('a new client', () => {
  test.each<[string, object, RegExp]>([
    ['without a name', { type: 'installed' }, /^name: /],
    ['with an empty name', { ...installed, name: ' ' }, /^name: /],
    ['with a name of another type', { ...installed, name: 7 }, /^name: /],
    ['with too long a name', { ...installed, name: 'x'.repeat(257) }, /^name: .*256/],
    ['with a name that hides something', { ...installed, name: 'good\u202ebad' }, /^name: /],
    ['without a type', { name: 'x' }, /^type: /],
    ['with an unknown type', { name: 'x', type: 'desktop' }, /^type: .*installed, web/],
    ['with a type of another type', { name: 'x', type: ['web'] }, /^type: /],
    ['web without a redirect URI', { name: 'x', type: 'web' }, /^redirect_uri: /],
    ['with a redirect URI of another type', { ...web, redirect_uri: ['https://app.example/cb'] }, /^redirect_uri: /],
    ['web with http', { ...web, redirect_uri: 'http://app.example/cb' }, /^redirect_uri: .*https/],
    ['with a script', { ...web, redirect_uri: 'javascript:alert(1)' }, /^redirect_uri: /],
    ['with a fragment', { ...web, redirect_uri: 'https://app.example/#x' }, /^redirect_uri: /],
    ['with too long a redirect URI', { ...web, redirect_uri: `https://app.example/${'x'.repeat(2048)}` }, /^redirect_/],
    ['with an unknown scope', { ...installed, scope: 'create:customers burn:everything' }, /^scope: .*burn:everything/],
    ['with a scope that is no text', { ...installed, scope: { customers: 'create' } }, /^scope: .*one text/],
    ['with a list of scopes', { ...installed, scope: ['read'] }, /^scope: /],
  ])('%s is 400 and says which member', async (_what, body, text) => {
    const answer = await ask('POST', '/v1/clients', { token: mine.token, body });
    expect(answer.status).toBe(400);
    expect((await refusalOf(answer)).error_description).toMatch(text);
  });

  test('with several wrong members hears of each', async () => {
    const answer = await ask('POST', '/v1/clients', { token: mine.token, body: { name: 1, type: 2, scope: 3 } });
    expect((await refusalOf(answer)).error_description).toMatch(/name: .*type: .*scope: /);
  });
});

describe('a body', () => {
  const form = 'application/x-www-form-urlencoded';
  test.each<[string, string, string, number]>([
    ['is empty', '', 'application/json', 400],
    ['is cut off', '{"name":"x"', 'application/json', 400],
    ['is a list', '[]', 'application/json', 400],
    ['names a key twice', '{"name":"one","name":"two"}', 'application/json', 400],
    ['is nested without end', '{"a":'.repeat(5000), 'application/json', 400],
    ['holds U+0000', '{"name":"a\\u0000"}', 'application/json', 400],
    ['is a form with a member twice', 'name=one&name=two&type=installed', form, 400],
    ['is a form with half an escape', 'name=%E0%A4&type=installed', form, 400],
    ['is a form with U+0000', 'name=a%00b&type=installed', form, 400],
    ['is a form of too many members', Array.from({ length: 101 }, (_, at) => `a${at}=1`).join('&'), form, 400],
    ['is a form without members', '', form, 400],
    ['is a text', 'name=x', 'text/plain', 415],
    ['is in parts', 'name=x', 'multipart/form-data; boundary=x', 415],
    ['has no type', '{}', '', 415],
    ['is too large', JSON.stringify({ name: 'x'.repeat(1024 * 1024) }), 'application/json', 413],
    ['is too large a form', `name=${'x'.repeat(1024 * 1024)}`, form, 413],
  ])('that %s is refused', async (_what, body, type, status) => {
    const answer = await ask('POST', '/v1/clients', { token: mine.token, body, headers: { 'content-type': type } });
    expect(answer.status).toBe(status);
    await refusalOf(answer);
  });

  test('of JSON does not carry the token', async () => {
    const body = { ...installed, access_token: mine.token };
    expect((await ask('POST', '/v1/clients', { body })).status).toBe(401);
  });
});

describe('a path', () => {
  test.each<[string, string, string]>([
    ['DELETE', '/v1/clients', 'GET, HEAD, POST, OPTIONS'],
    ['GET', `/v1/clients/${aClientId}`, 'PUT, DELETE, OPTIONS'],
    ['PATCH', `/v1/products/1/clients/${aClientId}`, 'PUT, DELETE, OPTIONS'],
  ])('refuses %s %s with 405 and says what it allows', async (method, path, allow) => {
    const answer = await ask(method, path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    await refusalOf(answer);
  });

  test.each(['/v1/nothing', '/v1/', '/v1', '/v1/products/1', '/v1/clients/a/b', '/v1//clients'])(
    'that does not exist under this API is 404 in its shape: %s',
    async (path) => {
      const answer = await ask('GET', path, mine);
      expect(answer.status).toBe(404);
      await refusalOf(answer);
    },
  );
});
