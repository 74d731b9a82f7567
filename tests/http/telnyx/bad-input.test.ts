import { beforeAll, describe, expect, test } from 'vitest';
import type { TokenScope } from '#lib/kernel/actor';
import { aPerson } from '#support/actors';
import { ask, aToken, everything } from '#support/api';
import { db } from '#support/database';
import { aGrantRow } from '#support/grants';
import { aBody, anAccount, type Item, refusalOf } from '#support/telnyx';

let mine: Awaited<ReturnType<typeof anAccount>>;
let app: Item;
let foreign: Item;
let elsewhere: string;
let expired: string;
let left: string;
beforeAll(async () => {
  mine = await anAccount();
  const theirs = await anAccount();
  app = await mine.make();
  foreign = await theirs.make();
  elsewhere = theirs.token;
  expired = await aToken(db, mine.owner, mine.organizationId, { expiresAt: new Date(Date.now() - 1000) });
  left = await aToken(db, await aPerson(db), mine.organizationId);
});

const nobody = '6b1f0a52-6d0b-4a7e-9a51-2b8e6f1c7d10';
/** Every route with its `{id}` filled in, and a body that it accepts. */
const routes = (id: string): [method: string, path: string, body?: unknown][] =>
  ['/v2/oauth_clients', '/v2/oauth/clients'].flatMap((base): [string, string, unknown?][] => [
    ['GET', base],
    ['POST', base, aBody],
    ['GET', `${base}/${id}`],
    ['PUT', `${base}/${id}`, { name: 'Other' }],
    ['DELETE', `${base}/${id}`],
  ]);

const grantRoutes = (id: string): [method: string, path: string, body?: unknown][] => [
  ['GET', '/v2/oauth_grants'],
  ['GET', `/v2/oauth_grants/${id}`],
  ['DELETE', `/v2/oauth_grants/${id}`],
];

describe.each([...routes(nobody), ...grantRoutes(nobody)])('%s %s', (method, path, body) => {
  test.each<[string, string | undefined]>([
    ['no credential', undefined],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['an empty token', 'Bearer '],
    ['a token of nobody', `Bearer clt_pat_${'0'.repeat(49)}`],
    ['a malformed header', 'Bearer a b c'],
    ['bytes that are no text', 'Bearer \u00ff\u00fe'],
    ['two tokens', 'Bearer x, Bearer y'],
    ['a very long token', `Bearer ${'x'.repeat(8000)}`],
  ])('with %s is 401 and says how', async (_, authorization) => {
    const headers = authorization === undefined ? undefined : { authorization };
    const answer = await ask(method, path, { body, headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect((await refusalOf(answer)).error).toBe('unauthorized');
  });

  test('with an expired token, or one whose person left, is 401', async () => {
    for (const token of [expired, left]) expect((await ask(method, path, { body, token })).status).toBe(401);
  });

  test('with a token that may only read is 403 where something would change', async () => {
    const ofGrants = path.startsWith('/v2/oauth_grants');
    const reader = await aToken(db, mine.owner, mine.organizationId, {
      scopes: [ofGrants ? 'grants:read' : 'clients:read'],
    });
    const answer = await ask(method, path, { body, token: reader });
    if (method === 'GET') expect(answer.status).toBe(path.endsWith(nobody) ? 404 : 200);
    else expect([answer.status, (await refusalOf(answer)).error]).toEqual([403, 'forbidden']);
  });

  test('with a token for other things is 403', async () => {
    const others = path.startsWith('/v2/oauth_grants') ? everything : (['grants:read', 'grants:write'] as const);
    const scopes: TokenScope[] = [...others, 'read', 'write'];
    const token = await aToken(db, mine.owner, mine.organizationId, { scopes });
    expect((await ask(method, path, { body, token })).status).toBe(403);
  });
});

describe('an id that is not the caller’s to see', () => {
  test.each(routes('{id}').filter(([, path]) => path.includes('{id}')))(
    '%s %s: 404, alike for all',
    async (method, path, body) => {
      for (const id of [nobody, foreign.client_id, 'nonsense', "1'--", '..%2f..', `${app.client_id}0`, '%00']) {
        const answer = await ask(method, path.replace('{id}', id), { body, token: mine.token });
        expect(answer.status).toBe(404);
        expect(await refusalOf(answer)).toEqual({ error: 'not_found', error_description: 'Client not found' });
      }
      const answer = await ask(method, path.replace('{id}', app.client_id), { body, token: elsewhere });
      expect(answer.status).toBe(404);
    },
  );
});

describe('grants', () => {
  let token: string;
  let theirGrant: string;
  beforeAll(async () => {
    token = await aToken(db, mine.owner, mine.organizationId, { scopes: ['grants:write'] });
    const { actor } = await aPerson(db);
    theirGrant = await aGrantRow(db, { userId: actor.userId, clientId: app.client_id });
  });

  test.each(grantRoutes('{id}').slice(1))('%s %s: 404 for whatever is not one’s own, alike', async (method, path) => {
    for (const id of [nobody, theirGrant, app.client_id, 'nonsense', "1'--", '..%2f..', '%00']) {
      const answer = await ask(method, path.replace('{id}', id), { token });
      expect(answer.status).toBe(404);
      expect(await refusalOf(answer)).toEqual({ error: 'not_found', error_description: 'Grant not found' });
    }
  });

  test.each([
    'page[number]=0',
    'page[number]=x',
    'page[number]=1&page[number]=2',
    'page[size]=101',
    'page[from]=1',
    'filter[client_id]=x',
  ])('a page by ?%s is 400', async (query) => {
    const answer = await ask('GET', `/v2/oauth_grants?${query}`, { token });
    expect([answer.status, (await refusalOf(answer)).error]).toEqual([400, 'invalid_request']);
  });
});

describe('a body', () => {
  const web = { ...aBody, allowed_grant_types: ['authorization_code'] };
  const rows: [what: string, body: unknown, says: RegExp][] = [
    ['without a name', { ...aBody, name: undefined }, /^name: It is needed\.$/],
    ['without scopes', { ...aBody, allowed_scopes: undefined }, /^allowed_scopes: It is needed\.$/],
    ['without a type', { ...aBody, client_type: undefined }, /^client_type: It is needed\.$/],
    ['without grants', { ...aBody, allowed_grant_types: undefined }, /^allowed_grant_types: It is needed\.$/],
    ['with an empty name', { ...aBody, name: ' ' }, /^name: /],
    ['with a name too long', { ...aBody, name: 'x'.repeat(257) }, /^name: /],
    ['with a name that is a number', { ...aBody, name: 7 }, /^name: /],
    ['with a name that is null', { ...aBody, name: null }, /^name: /],
    ['with scopes in one text', { ...aBody, allowed_scopes: 'admin' }, /^allowed_scopes: /],
    ['with a scope that is a number', { ...aBody, allowed_scopes: [1] }, /^allowed_scopes\.0: /],
    ['with an unknown type', { ...aBody, client_type: 'secret' }, /^client_type: /],
    ['with an unknown grant', { ...aBody, allowed_grant_types: ['password'] }, /^allowed_grant_types\.0: /],
    ['with PKCE in words', { ...aBody, require_pkce: 'yes' }, /^require_pkce: /],
    ['with a redirect URI that is no URI', { ...web, redirect_uris: ['nowhere'] }, /^redirect_uris\.0: /],
    [
      'with 21 redirect URIs',
      { ...web, redirect_uris: Array.from({ length: 21 }, (_, n) => `https://a.example/${n}`) },
      /^redirect_uris: /,
    ],
    [
      'with a redirect URI too long',
      { ...web, redirect_uris: [`https://a.example/${'x'.repeat(2048)}`] },
      /^redirect_uris\.0: /,
    ],
    ['with a script as a page', { ...aBody, tos_uri: 'javascript:alert(1)' }, /^tos_uri: /],
    ['with an unknown property', { ...aBody, verified: true }, /^verified: Remove it: there is no such member\.$/],
    ['with a property of ours', { ...aBody, org_id: nobody, client_id: nobody }, /^org_id: .* client_id: /],
    ['with __proto__', '{"name":"a","__proto__":{"verified":true}}', /__proto__: /],
  ];
  test.each(rows)('%s is 422 and names the field', async (_, body, says) => {
    const answer = await ask('POST', '/v2/oauth_clients', { token: mine.token, body });
    expect(answer.status).toBe(422);
    const refusal = await refusalOf(answer);
    expect(refusal.error).toBe('validation_error');
    expect(refusal.error_description).toMatch(says);
  });

  test.each(rows.filter(([what]) => !/^without|type$/.test(what)))('of PUT %s is 422 too', async (_, body) => {
    const { client_type: _type, ...changes } = typeof body === 'string' ? JSON.parse(body) : (body as typeof aBody);
    const answer = await ask('PUT', `/v2/oauth_clients/${app.client_id}`, {
      token: mine.token,
      body: typeof body === 'string' ? body : changes,
    });
    expect(answer.status).toBe(422);
    await refusalOf(answer);
  });

  test.each<[string, string, Record<string, string> | undefined, number, string]>([
    ['that is no JSON', '{"name":', undefined, 400, 'invalid_request'],
    ['that is empty', '', undefined, 400, 'invalid_request'],
    ['that is a list', '[]', undefined, 400, 'invalid_request'],
    ['that names a key twice', '{"name":"a","name":"b"}', undefined, 400, 'invalid_request'],
    ['with half of a character', '{"name":"\\ud800"}', undefined, 400, 'invalid_request'],
    ['as a form', 'name=a', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
    ['as text', '{}', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['of more than a mebibyte', JSON.stringify({ name: 'x'.repeat(1024 * 1024) }), undefined, 413, 'request_too_large'],
  ])('%s is refused by its status', async (_, body, headers, status, error) => {
    for (const [method, path] of [
      ['POST', '/v2/oauth_clients'],
      ['PUT', `/v2/oauth_clients/${app.client_id}`],
    ] as const) {
      const answer = await ask(method, path, { token: mine.token, body, headers });
      expect([answer.status, (await refusalOf(answer)).error]).toEqual([status, error]);
    }
  });
});

describe('a path', () => {
  test.each([
    ['PATCH', '/v2/oauth_clients', 'GET, HEAD, POST, OPTIONS'],
    ['DELETE', '/v2/oauth/clients', 'GET, HEAD, POST, OPTIONS'],
    ['PATCH', `/v2/oauth_clients/${nobody}`, 'GET, HEAD, PUT, DELETE, OPTIONS'],
    ['POST', `/v2/oauth/clients/${nobody}`, 'GET, HEAD, PUT, DELETE, OPTIONS'],
    ['POST', '/v2/oauth_grants', 'GET, HEAD, OPTIONS'],
    ['PUT', `/v2/oauth_grants/${nobody}`, 'GET, HEAD, DELETE, OPTIONS'],
  ])('refuses %s %s with 405 and says what it allows', async (method, path, allow) => {
    const answer = await ask(method, path, mine);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    expect((await refusalOf(answer)).error).toBe('method_not_allowed');
  });

  test.each(['/v2', '/v2/', '/v2/nothing', '/v2/oauth_clients/a/b'])(
    'that does not exist is 404 in its shape: %s',
    async (path) => {
      expect((await refusalOf(await ask('GET', path, mine))).error).toBe('not_found');
    },
  );

  test('answers with a slash at its end too', async () => {
    expect((await ask('GET', '/v2/oauth_clients/', mine)).status).toBe(200);
  });
});
