import { beforeAll, describe, expect, test } from 'vitest';
import { aToken } from '#support/api';
import { db } from '#support/database';
import { anId, anOrg, call, type Item, machine, messagesOf, site } from '#support/slashid';

let mine: Awaited<ReturnType<typeof anOrg>>;
let own: Item;
let foreign: Item;
let expired: string;
beforeAll(async () => {
  mine = await anOrg();
  own = await mine.make(machine);
  foreign = await (await anOrg()).make(machine);
  expired = await aToken(db, mine.owner, mine.org, { expiresAt: new Date(Date.now() - 1000) });
});

/** Every route with its `{id}` filled in, and a body that it accepts. */
const routes = (id: string): [method: string, path: string, body?: unknown][] => [
  ['GET', '/oauth2/clients'],
  ['POST', '/oauth2/clients', machine],
  ['GET', `/oauth2/clients/${id}`],
  ['PATCH', `/oauth2/clients/${id}`, { client_name: 'x' }],
  ['DELETE', `/oauth2/clients/${id}`],
  ['PUT', `/oauth2/clients/${id}/secret`],
  ['GET', `/oauth2/clients/${id}/ui-configuration`],
  ['PUT', `/oauth2/clients/${id}/ui-configuration`, {}],
];

describe.each(routes(anId))('%s %s', (method, path, body) => {
  test.each<[string, string | undefined]>([
    ['no key', undefined],
    ['an empty key', ''],
    ['a key of nobody', `clt_pat_${'0'.repeat(49)}`],
    ['a malformed key', 'Bearer a b c'],
    ['a very long key', 'x'.repeat(8000)],
  ])('with %s is 401', async (_what, key) => {
    const answer = await call(method, path, { key, org: mine.org, body });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^SlashID-API-Key resource_metadata="[^"]+"$/);
    expect(await messagesOf(answer)).toEqual(['Send a valid API key in the header SlashID-API-Key.']);
  });

  test('with an expired key, or with one in the Authorization header only, is 401', async () => {
    expect((await call(method, path, { key: expired, org: mine.org, body })).status).toBe(401);
    const headers = { authorization: `Bearer ${mine.key}` };
    expect((await call(method, path, { headers, org: mine.org, body })).status).toBe(401);
  });

  test.each<[string, string | undefined]>([
    ['no SlashID-OrgID', undefined],
    ['an empty one', ''],
    ['one that is no id', 'acme'],
    ['one that wants to be SQL', "1'--"],
  ])('with %s is 400', async (_what, org) => {
    const answer = await call(method, path, { key: mine.key, org, body });
    expect(answer.status).toBe(400);
    expect((await messagesOf(answer))[0]).toContain('SlashID-OrgID');
  });

  test('with a key without the scope is 403', async () => {
    const scopes =
      method === 'GET' ? (['read', 'write', 'grants:read'] as const) : (['clients:read', 'write'] as const);
    const key = await aToken(db, mine.owner, mine.org, { scopes: [...scopes] });
    const answer = await call(method, path, { key, org: mine.org, body });
    expect(answer.status).toBe(403);
    await messagesOf(answer);
  });
});

describe('an id that is not the caller’s to see', () => {
  test.each(routes('{id}').filter(([, path]) => path.includes('{id}')))(
    '%s %s: 404, alike for all',
    async (method, path, body) => {
      for (const id of [anId, foreign.client_id, 'nonsense', "1'--", '..%2f..', '%00', `${own.client_id}0`]) {
        const answer = await call(method, path.replace('{id}', id), { key: mine.key, org: mine.org, body });
        expect([id, answer.status, await messagesOf(answer)]).toEqual([id, 404, ['Client not found']]);
      }
    },
  );
});

describe('a new client', () => {
  test.each<[string, object, RegExp]>([
    ['without a name', { ...machine, client_name: undefined }, /^client_name: /],
    ['with an empty name', { ...machine, client_name: ' ' }, /^client_name: /],
    ['with a name of another type', { ...machine, client_name: 7 }, /^client_name: /],
    ['with too long a name', { ...machine, client_name: 'x'.repeat(257) }, /^client_name: .*256/],
    ['without scopes', { ...machine, scopes: undefined }, /^scopes: /],
    ['with scopes in a text', { ...machine, scopes: 'read write' }, /^scopes: /],
    ['with an unknown scope', { ...machine, scopes: ['read', 'burn'] }, /^scopes.1: .*burn/],
    ['with a scope that is no text', { ...machine, scopes: [1] }, /^scopes.0: /],
    ['without grant types', { ...machine, grant_types: undefined }, /^grant_types: /],
    ['with no grant type', { ...machine, grant_types: [] }, /^grant_types: /],
    ['with refresh_token alone', { ...machine, grant_types: ['refresh_token'] }, /^grant_types: refresh_token needs/],
    [
      'with implicit',
      { ...site, grant_types: ['implicit'] },
      /^grant_types.0: implicit is not offered: .* Choose one of client_credentials, authorization_code, refresh_token\. \(M4\)$/,
    ],
    ['with the code flow and no redirect URI', { ...site, redirect_uris: [] }, /^redirect_uris: /],
    ['with http', { ...site, redirect_uris: ['http://site.example/cb'] }, /^redirect_uris.0: .*https/],
    ['with a script', { ...site, redirect_uris: ['javascript:alert(1)'] }, /^redirect_uris.0: /],
    [
      'with one redirect URI twice',
      { ...site, redirect_uris: [...site.redirect_uris, ...site.redirect_uris] },
      /^redirect_uris/,
    ],
    [
      'with too many redirect URIs',
      { ...site, redirect_uris: Array.from({ length: 21 }, (_, at) => `https://site.example/${at}`) },
      /^redirect_uris/,
    ],
    ['with redirect URIs in a text', { ...site, redirect_uris: 'https://site.example/cb' }, /^redirect_uris: /],
    ['with a duration of nothing', { ...machine, access_token_duration: 0 }, /^access_token_duration: /],
    ['with too long a duration', { ...machine, refresh_token_duration: 1e12 }, /^refresh_token_duration: /],
    ['with a duration in a text', { ...machine, access_token_duration: '60' }, /^access_token_duration: /],
    ['with half a second', { ...machine, access_token_duration: 0.5 }, /^access_token_duration: /],
    ['with public in a text', { ...site, public: 'true' }, /^public: /],
    ['public, with client_credentials', { ...machine, public: true }, /^grant_types: client_credentials/],
  ])('%s is 400 and says which member', async (_what, body, text) => {
    const answer = await call('POST', '/oauth2/clients', { ...mine, body });
    expect(answer.status).toBe(400);
    expect((await messagesOf(answer))[0]).toMatch(text);
  });

  test('with several wrong members hears of each', async () => {
    const answer = await call('POST', '/oauth2/clients', { ...mine, body: {} });
    expect((await messagesOf(answer)).map((message) => message.split(':')[0])).toEqual([
      'client_name',
      'scopes',
      'grant_types',
    ]);
  });
});

describe('an update', () => {
  test.each<[object, RegExp]>([
    [{ client_name: '' }, /^client_name: /],
    [{ grant_types: ['refresh_token'] }, /^grant_types: /],
    [{ grant_types: ['authorization_code'] }, /^redirect_uris: /],
    [{ scopes: ['burn'] }, /^scopes.0: /],
    [{ access_token_duration: -1 }, /^access_token_duration: /],
    [{ redirect_uris: [7] }, /^redirect_uris.0: /],
  ])('by %j is 400 and changes nothing', async (body, text) => {
    const answer = await call('PATCH', `/oauth2/clients/${own.client_id}`, { ...mine, body });
    expect(answer.status).toBe(400);
    expect((await messagesOf(answer))[0]).toMatch(text);
    expect((await mine.list()).result[0]).toMatchObject({ client_name: 'Reporter', scopes: ['read', 'write'] });
  });
});

describe('a body', () => {
  test.each<[string, string, string, number]>([
    ['is empty', '', 'application/json', 400],
    ['is cut off', '{"client_name":"x"', 'application/json', 400],
    ['is a list', '[]', 'application/json', 400],
    ['names a key twice', '{"scopes":[],"scopes":[]}', 'application/json', 400],
    ['is nested without end', '{"a":'.repeat(5000), 'application/json', 400],
    ['holds U+0000', '{"client_name":"a\\u0000"}', 'application/json', 400],
    ['is a form', 'client_name=x', 'application/x-www-form-urlencoded', 415],
    ['has no type', '{}', '', 415],
    ['is too large', JSON.stringify({ client_name: 'x'.repeat(1024 * 1024) }), 'application/json', 413],
  ])('that %s is refused', async (_what, body, type, status) => {
    for (const [method, path] of [
      ['POST', '/oauth2/clients'],
      ['PATCH', `/oauth2/clients/${own.client_id}`],
      ['PUT', `/oauth2/clients/${own.client_id}/ui-configuration`],
    ] as const) {
      const answer = await call(method, path, { ...mine, body, headers: { 'content-type': type } });
      expect(answer.status).toBe(status);
      await messagesOf(answer);
    }
  });
});

describe('a path', () => {
  test.each<[string, string, string]>([
    ['PUT', '/oauth2/clients', 'GET, HEAD, POST, OPTIONS'],
    ['PUT', `/oauth2/clients/${anId}`, 'GET, HEAD, PATCH, DELETE, OPTIONS'],
    ['GET', `/oauth2/clients/${anId}/secret`, 'PUT, OPTIONS'],
    ['POST', `/oauth2/clients/${anId}/ui-configuration`, 'GET, HEAD, PUT, OPTIONS'],
  ])('refuses %s %s with 405 and says what it allows', async (method, path, allow) => {
    const answer = await call(method, path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    await messagesOf(answer);
  });

  test.each(['/oauth2/clients/a/b', '/oauth2/clients//', `/oauth2/clients/${anId}/secret/x`])(
    'that does not exist under this API is 404 in its shape: %s',
    async (path) => {
      const answer = await call('GET', path, mine);
      expect(answer.status).toBe(404);
      await messagesOf(answer);
    },
  );

  test('is known with a slash at its end too', async () => {
    expect((await call('GET', '/oauth2/clients/', mine)).status).toBe(200);
    expect((await call('GET', `/oauth2/clients/${own.client_id}/`, mine)).status).toBe(200);
  });
});
