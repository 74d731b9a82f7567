import { describe, expect, test } from 'vitest';
import { aPersonsAgent, authorizationUrl, pkce, tokensOf, userinfo } from '#support/authorizing';
import { aKey, assertionOf, assertionType } from '#support/client-keys';
import { begin as beginOnDevice, deviceGrant } from '#support/device';
import { post } from '#support/oauth';
import { push } from '#support/pushing';
import { aSelfDescribedApp } from '#support/self-described';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

type App = { clientId: string; secret: string };
const asJson = async (app: App) => {
  const { go } = await aPersonsAgent();
  const answer = await go(authorizationUrl(app), { headers: { accept: 'application/json' } });
  return { status: answer.status, body: (await answer.json()) as { error: string; error_description: string } };
};
const places: [
  string,
  (app: App) => Promise<{ status: number; body: { error: string; error_description: string } }>,
][] = [
  ['authorize, by a program', asJson],
  ['par', (app) => push(app)],
  ['device', (app) => beginOnDevice(app)],
  ['token', ({ clientId }) => post('/oauth/token', { grant_type: deviceGrant, device_code: 'x', client_id: clientId })],
];

describe.each(places)('a document that cannot be used, at %s', (_, tell) => {
  test('is refused with every wrong member, as the document spells it, and what to do', async () => {
    const app = aSelfDescribedApp({
      redirect_uris: ['http://app.example.com/cb'],
      tos_uri: 'ftp://x',
      default_max_age: -1,
      'policy_uri#de': 'x',
    });
    const { status, body } = await tell(app);
    expect([status, body.error]).toEqual([401, 'invalid_client']);
    for (const member of ['redirect_uris.0: ', 'tos_uri: ', 'default_max_age: ', 'policy_uri#de: '])
      expect(body.error_description).toContain(member);
  });

  test.each<[string, string, RegExp]>([
    ['http', 'http://app.example.com/client.json', /client_id: .*https/],
    ['no path', 'https://app.example.com', /client_id: .*path/],
    ['a fragment', 'https://app.example.com/client.json#a', /client_id: .*#/],
    ['capitals', 'https://APP.example.com/client.json', /client_id: .*https:\/\/app\.example\.com\/client\.json/],
    ['a user', 'https://u:p@app.example.com/client.json', /client_id: .*user/],
    ['dot segments', 'https://app.example.com/a/../client.json', /client_id: .*segment/],
  ])('a client_id with %s is refused for that', async (_title, clientId, says) => {
    const { status, body } = await tell({ clientId, secret: '' });
    expect([status, body.error]).toEqual([401, 'invalid_client']);
    expect(body.error_description).toMatch(says);
  });
});

describe('a document', () => {
  test('whose optional members are empty, and whose scope is, can be used', async () => {
    const app = aSelfDescribedApp({
      logo_uri: '',
      tos_uri: '',
      policy_uri: null,
      client_uri: '',
      jwks_uri: '',
      contacts: [],
      scope: '',
    });
    const tokens = await tokensOf(await aPersonsAgent(), app, { scope: 'openid profile' });
    expect((await userinfo(tokens.access_token)).status).toBe(200);
  });

  test('that names only unknown scopes can be used', async () => {
    const app = aSelfDescribedApp({ scope: 'mcp:tools' });
    const tokens = await tokensOf(await aPersonsAgent(), app, { scope: 'openid mcp:tools' });
    expect((await userinfo(tokens.access_token)).status).toBe(200);
  });

  test('that says web and leads to a device is one of a native app', async () => {
    const redirect_uri = 'http://127.0.0.1/callback';
    const app = aSelfDescribedApp({ application_type: 'web', redirect_uris: [redirect_uri, 'http://bad.example/'] });
    const asked = { redirect_uri: 'http://127.0.0.1:50123/callback', code_challenge: pkce().challenge };
    const { go } = await aPersonsAgent();
    const answer = await go(authorizationUrl(app, { ...asked, code_challenge_method: 'S256' }));
    expect(answer.headers.get('location')).toContain('/consent/');
  });

  test('that supports a key beside none shows who it is by its key', async () => {
    const key = await aKey();
    const app = aSelfDescribedApp({
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
      jwks: { keys: [key.jwk] },
    });
    expect((await push(app)).status).toBe(401);
    const proof = {
      client_assertion_type: assertionType,
      client_assertion: await assertionOf(app.clientId, key),
    };
    expect((await push(app, proof)).status).toBe(201);
  });

  test('that supports a key beside none, and publishes none, comes without', async () => {
    const app = aSelfDescribedApp({
      token_endpoint_auth_method: undefined,
      token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_post', 'none'],
    });
    expect((await push(app)).status).toBe(201);
  });
});
