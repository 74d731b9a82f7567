import { beforeAll, describe, expect, test } from 'vitest';
import { aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { aBody, aRegistrar, asSent, pathOf, type Registered, refusalOf } from '#support/registration';

let mine: Awaited<ReturnType<typeof aRegistrar>>;
let app: Registered;
let foreign: Registered;
let expired: string;
let left: string;
beforeAll(async () => {
  mine = await aRegistrar();
  app = await mine.register();
  foreign = await (await aRegistrar()).register();
  const scopes = ['clients:write' as const];
  expired = await aToken(db, mine.owner, mine.organizationId, { scopes, expiresAt: new Date(Date.now() - 1000) });
  left = await aToken(db, await aPerson(db), mine.organizationId, { scopes });
});

const nobody = '6b1f0a52-6d0b-4a7e-9a51-2b8e6f1c7d10';
/** Every route with its id filled in, and a body that it accepts. */
const routes = (id: string): [method: string, path: string, body?: object][] =>
  ['/oauth/register', '/v2/oauth/register'].flatMap((base): [string, string, object?][] => [
    ['POST', base, aBody],
    ['GET', `${base}/${id}`],
    ['PUT', `${base}/${id}`, { ...aBody, client_id: id }],
    ['DELETE', `${base}/${id}`],
  ]);

describe.each(routes(nobody))('%s %s', (method, path, body) => {
  test.each<[string, string | undefined]>([
    ['no credential', undefined],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['an empty token', 'Bearer '],
    ['a token of nobody', `Bearer clt_pat_${'0'.repeat(49)}`],
    ['an initial access token of nobody', `Bearer clt_iat_${'0'.repeat(49)}`],
    ['a registration access token of nobody', `Bearer clt_rat_${'0'.repeat(49)}`],
    ['a malformed header', 'Bearer a b c'],
    ['bytes that are no text', 'Bearer \u00ff\u00fe'],
    ['two tokens', 'Bearer x, Bearer y'],
    ['a very long token', `Bearer ${'x'.repeat(8000)}`],
  ])('with %s is 401 and says how', async (_, authorization) => {
    const headers = authorization === undefined ? undefined : { authorization };
    const answer = await ask(method, path, { body, headers });
    expect(answer.status).toBe(401);
    const challenge = authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
    const said = answer.headers.get('www-authenticate') ?? '';
    // Access tokens register; what is registered is managed by its own token only.
    if (method !== 'POST') expect(said).toBe(challenge);
    else expect(said).toMatch(new RegExp(`^${challenge},? resource_metadata="[^"]+${path}", DPoP algs="`));
    expect((await refusalOf(answer)).error).toBe('invalid_token');
  });

  test('with an expired token, or one whose person left, is 401', async () => {
    for (const token of [expired, left]) expect((await ask(method, path, { body, token })).status).toBe(401);
  });
});

describe('who may not register', () => {
  test('a token without clients:write, and a viewer: 403', async () => {
    const viewer = await aPerson(db, { roles: { [mine.organizationId]: 'viewer' } });
    const tokens = [
      await aToken(db, mine.owner, mine.organizationId, { scopes: ['clients:read', 'write'] }),
      await aToken(db, viewer, mine.organizationId, { scopes: ['clients:write'] }),
    ];
    for (const token of tokens) {
      const answer = await ask('POST', '/oauth/register', { token, body: aBody });
      expect([answer.status, (await refusalOf(answer)).error]).toEqual([403, 'access_denied']);
    }
  });
});

describe('an id that is not the token’s (P7)', () => {
  test.each(['GET', 'PUT', 'DELETE'])('%s: 401, alike for all', async (method) => {
    const token = app.registration_access_token;
    for (const id of [nobody, foreign.client_id, 'nonsense', "1'--", '%00', `${app.client_id}0`]) {
      const body = method === 'PUT' ? { ...asSent(app), client_id: id } : undefined;
      const answer = await ask(method, `/oauth/register/${id}`, { token, body });
      expect(answer.status).toBe(401);
      expect(await refusalOf(answer)).toEqual({
        error: 'invalid_token',
        error_description: 'Send the registration access token of this client as a Bearer token.',
      });
    }
  });
});

const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const wrong: [what: string, body: object, says: RegExp][] = [
  ['a name that is a number', { client_name: 7 }, /^client_name: /],
  ['a name too long', { client_name: 'x'.repeat(257) }, /^client_name: /],
  ['a name that turns the writing around', { client_name: 'Bank\u202e' }, /^client_name: /],
  ['a tagged name that is a number', { 'client_name#it': 7 }, /^client_name#it: /],
  ['a tag that is none', { 'client_name#not a tag': 'x' }, /^#not a tag: /],
  ['a tag twice', { 'client_name#IT': 'x', 'client_name#it': 'y' }, /^#it: /],
  ['a tagged page that is no https', { 'tos_uri#it': 'http://notes.example/' }, /^tos_uri#it: /],
  ['redirect URIs in one text', { redirect_uris: 'https://notes.example/cb' }, /^redirect_uris: /],
  ['scopes in a list', { scope: ['openid'] }, /^scope: /],
  ['a scope with a quotation mark', { scope: 'openid "x"' }, /^scope\.1: /],
  ['101 scopes', { scope: Array.from({ length: 101 }, (_, n) => `s${n}`).join(' ') }, /^scope: /],
  ['a type that is a number', { application_type: 7 }, /^application_type: /],
  ['an unknown grant', { grant_types: ['telepathy'] }, /^grant_types\.0: /],
  ['implicit', { grant_types: ['implicit'], response_types: ['token'] }, /^grant_types\.0: .*response_types\.0: /],
  ['refresh_token alone (M5)', { grant_types: ['refresh_token'], redirect_uris: undefined }, /^grant_types: /],
  [
    'a response type without its grant (M3)',
    { grant_types: ['authorization_code'], response_types: ['token'] },
    /^response_types\.0: /,
  ],
  [
    'client_credentials of a program on a device (M5)',
    { grant_types: ['client_credentials'], redirect_uris: ['http://127.0.0.1/cb'] },
    /^grant_types: /,
  ],
  [
    'client_credentials without a secret (M5)',
    { grant_types: ['client_credentials'], token_endpoint_auth_method: 'none' },
    /^grant_types: /,
  ],
  ['client_secret_jwt (M6)', { token_endpoint_auth_method: 'client_secret_jwt' }, /^token_endpoint_auth_method: /],
  [
    'mutual TLS (M9)',
    { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_dns: 'a' },
    /tls_client_auth_san_dns: /,
  ],
  ['keys that are private (M8)', { jwks: { keys: [{ ...key, d: 'AAAA' }] } }, /^jwks\.keys\.0: /],
  ['keys and their address (M8)', { jwks: { keys: [key] }, jwks_uri: 'https://notes.example/k' }, /^jwks_uri: /],
  ['private_key_jwt without keys (M8)', { token_endpoint_auth_method: 'private_key_jwt' }, /^jwks: /],
  ['contacts that are no addresses (M15)', { contacts: ['call me'] }, /^contacts\.0: /],
  ['a logo that is a script (M13)', { logo_uri: 'javascript:alert(1)' }, /^logo_uri: /],
  ['a login address that is no https (M18)', { initiate_login_uri: 'http://notes.example/' }, /^initiate_login_uri: /],
  [
    'a logout address on this machine (M18)',
    { backchannel_logout_uri: 'http://127.0.0.1/out' },
    /^backchannel_logout_uri: /,
  ],
  ['ID tokens that nobody signed (M19)', { id_token_signed_response_alg: 'none' }, /^id_token_signed_response_alg: /],
  ['ID tokens under a secret (M19)', { id_token_signed_response_alg: 'HS256' }, /^id_token_signed_response_alg: /],
  ['userinfo under a secret (M19)', { userinfo_signed_response_alg: 'HS256' }, /^userinfo_signed_response_alg: /],
  ['a negative age (M20)', { default_max_age: -1 }, /^default_max_age: /],
  ['an age in words (M20)', { default_max_age: '60' }, /^default_max_age: /],
  ['an answer that is neither yes nor no (M20)', { require_auth_time: 'yes' }, /^require_auth_time: /],
  ['signed request objects (M21)', { require_signed_request_object: true }, /^require_signed_request_object: /],
  ['software that is no text (M22)', { software_id: 7 }, /^software_id: /],
];

describe('metadata (P2)', () => {
  test.each(wrong)('with %s is 400 invalid_client_metadata, by POST and by PUT', async (_, body, says) => {
    const sent = [
      ask('POST', '/oauth/register', { token: mine.token, body: { ...aBody, ...body } }),
      ask('PUT', pathOf(app), { token: app.registration_access_token, body: { ...asSent(app), ...body } }),
    ];
    for (const answer of await Promise.all(sent)) {
      expect(answer.status).toBe(400);
      const refusal = await refusalOf(answer);
      expect(refusal.error).toMatch(/^invalid_(?:client_metadata|redirect_uri)$/);
      expect(refusal.error_description).toMatch(says);
    }
  });

  test.each<[string, unknown]>([
    ['none', []],
    ['none at all', undefined],
    ['a fragment', ['https://notes.example/cb#']],
    ['http', ['http://notes.example/cb']],
    ['a wildcard', ['https://*.notes.example/cb']],
    ['a user name', ['https://u:p@notes.example/cb']],
    ['a scheme anyone could have', ['myapp:/cb']],
    ['a script', ['javascript:alert(1)']],
    ['two bad ones', ['https://notes.example/cb#', 'https://notes.example/../cb']],
    ['21', Array.from({ length: 21 }, (_, n) => `https://notes.example/${n}`)],
    ['one too long', [`https://notes.example/${'x'.repeat(2048)}`]],
  ])('with redirect URIs: %s, is 400 invalid_redirect_uri', async (_, redirect_uris) => {
    const answer = await ask('POST', '/oauth/register', { token: mine.token, body: { ...aBody, redirect_uris } });
    expect([answer.status, (await refusalOf(answer)).error]).toEqual([400, 'invalid_redirect_uri']);
  });

  test('ignores names with a meaning in JavaScript', async () => {
    const body = `{"client_name":"a","redirect_uris":["https://a.example/"],"__proto__":{"scope":"x"},"constructor":1,"client_name#__proto__":"x"}`;
    const answer = await ask('POST', '/oauth/register', { token: mine.token, body });
    expect(answer.status).toBe(400);
    expect((await refusalOf(answer)).error_description).toMatch(/^#__proto__: /);
  });
});

describe('a body', () => {
  test.each<[string, string, Record<string, string> | undefined, number, string]>([
    ['that is no JSON', '{"client_name":', undefined, 400, 'invalid_client_metadata'],
    ['that is empty', '', undefined, 400, 'invalid_client_metadata'],
    ['that is a list', '[]', undefined, 400, 'invalid_client_metadata'],
    ['that is null', 'null', undefined, 400, 'invalid_client_metadata'],
    ['that names a key twice', '{"scope":"a","scope":"b"}', undefined, 400, 'invalid_client_metadata'],
    ['with half of a character', '{"client_name":"\\ud800"}', undefined, 400, 'invalid_client_metadata'],
    ['as a form', 'client_name=a', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'invalid_request'],
    ['of more than a mebibyte', JSON.stringify({ a: 'x'.repeat(1024 * 1024) }), undefined, 413, 'invalid_request'],
  ])('%s is refused by its status', async (_, body, headers, status, error) => {
    const sent = [
      ask('POST', '/oauth/register', { token: mine.token, body, headers }),
      ask('PUT', pathOf(app), { token: app.registration_access_token, body, headers }),
    ];
    for (const answer of await Promise.all(sent))
      expect([answer.status, (await refusalOf(answer)).error]).toEqual([status, error]);
  });
});

describe('a path', () => {
  test.each([
    ['GET', '/oauth/register', 'POST, OPTIONS'],
    ['DELETE', '/v2/oauth/register', 'POST, OPTIONS'],
    ['PATCH', `/oauth/register/${nobody}`, 'GET, HEAD, PUT, DELETE, OPTIONS'],
    ['POST', `/v2/oauth/register/${nobody}`, 'GET, HEAD, PUT, DELETE, OPTIONS'],
  ])('refuses %s %s with 405 and says what it allows', async (method, path, allow) => {
    const answer = await ask(method, path, mine);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    expect((await refusalOf(answer)).error).toBe('invalid_request');
  });

  test.each(['/oauth/register/a/b', '/v2/oauth/register/a/b'])(
    'that does not exist is 404 in its shape: %s',
    async (path) => {
      expect((await refusalOf(await ask('GET', path, mine))).error).toBe('not_found');
    },
  );
});
