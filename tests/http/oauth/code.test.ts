import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect, test } from 'vitest';
import {
  anAgent,
  aPersonsAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  callback,
  decide,
  locationOf,
  pkce,
  redeem,
  refresh,
  tokensOf,
  userinfo,
} from '#support/authorizing';
import { origin } from '#support/listening';
import { basic, introspect, post } from '#support/oauth';

test('a person allows an app: a code, tokens, and userinfo', async () => {
  const app = await aWebApp();
  const agent = await aPersonsAgent({ name: 'Ada Lovelace' });
  const { verifier, challenge } = pkce();
  const answer = await authorize(agent, app, {
    code_challenge: challenge,
    code_challenge_method: 'S256',
    scope: 'openid profile email read',
    nonce: 'a-nonce',
  });
  expect(Object.fromEntries(answer)).toEqual({ code: expect.any(String), state: 'a-state', iss: origin });

  const { status, body, headers } = await redeem(app, answer.get('code') ?? '', { code_verifier: verifier });
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      access_token: expect.stringMatching(/^clt_at_/),
      refresh_token: expect.stringMatching(/^clt_rt_/),
      id_token: expect.any(String),
      expires_in: 3600,
      scope: 'openid profile email read',
      token_type: 'Bearer',
    },
  });
  expect(headers.get('cache-control')).toBe('no-store');
  expect(decodeProtectedHeader(body.id_token)).toMatchObject({ alg: 'RS256' });
  const { userId } = agent.person.actor;
  expect(decodeJwt(body.id_token)).toMatchObject({ iss: origin, sub: userId, aud: app.clientId, nonce: 'a-nonce' });
  expect((await userinfo(body.access_token)).body).toMatchObject({
    sub: userId,
    name: 'Ada Lovelace',
    email: `${userId}@example.com`,
    email_verified: true,
  });
  expect(await introspect(app, body.access_token)).toMatchObject({
    active: true,
    sub: userId,
    client_id: app.clientId,
    scope: 'openid profile email read',
  });
});

test('a refresh token brings a new access token', async () => {
  const app = await aWebApp();
  const tokens = await tokensOf(await aPersonsAgent(), app);
  const { status, body } = await refresh(app, tokens.refresh_token ?? '');
  expect({ status, scope: body.scope }).toEqual({ status: 200, scope: 'openid profile read' });
  expect(body.access_token).not.toBe(tokens.access_token);
});

test.each([
  ['with its cookie', true],
  ['from another site, which sends no cookie', false],
])('the request may be a form (OpenID Connect Core §3.1.2.1), %s', async (_title, withCookie) => {
  const app = await aWebApp();
  const agent = await aPersonsAgent();
  const { challenge } = pkce();
  const asked = { code_challenge: challenge, code_challenge_method: 'S256' };
  const { pathname, searchParams } = new URL(authorizationUrl(app, asked), origin);
  const sender = withCookie ? agent : await anAgent();
  let page = locationOf(await sender.go(pathname, { method: 'POST', body: searchParams }));
  for (const [name, cookie] of sender.jar) agent.jar.set(name, cookie);
  if (!withCookie) page = locationOf(await agent.go(locationOf(await agent.go(`${new URL(page).pathname}/continue`))));
  expect(await decide(agent, page, 'allow')).toMatch(/\?code=/);
});

test.each([
  ['no scope that there is', { scope: 'nonsense' }, {}],
  [
    'offline_access alone, and none is registered that could be meant',
    { scope: 'offline_access' },
    { scopes: ['openid', 'offline_access'] },
  ],
  ['none, and none is registered that could be meant', { scope: undefined }, { scopes: ['openid'] }],
])('a request for no scope is refused at once, and no person is asked: %s', async (_title, changes, values) => {
  const app = await aWebApp(values);
  for (const agent of [await aPersonsAgent(), await anAgent()]) {
    const asked = { code_challenge: pkce().challenge, code_challenge_method: 'S256', ...changes };
    const answer = new URL(locationOf(await agent.go(authorizationUrl(app, asked))));
    expect(`${answer.origin}${answer.pathname}`).toBe(callback);
    expect(Object.fromEntries(answer.searchParams)).toMatchObject({
      error: 'invalid_scope',
      error_description: expect.stringMatching(/scope/),
      state: 'a-state',
      iss: origin,
    });
  }
});

test('an unknown scope is ignored (OpenID Connect Core §3.1.2.1)', async () => {
  const app = await aWebApp();
  const given = await tokensOf(await aPersonsAgent(), app, { scope: 'openid magic read mcp:tools' });
  expect(given.scope).toBe('openid read');
  const { challenge } = pkce();
  const form = {
    client_id: app.clientId,
    response_type: 'code',
    redirect_uri: callback,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  const push = (scope: string) => post('/oauth/par', { ...form, scope }, { authorization: basic(app) });
  expect((await push('magic openid')).status).toBe(201);
  const none = await push('magic');
  expect([none.status, none.body.error]).toEqual([400, 'invalid_scope']);
});

test.each([
  ['without prompt=consent it is passed over', {}, 'email profile read write'],
  ['with prompt=consent it is asked for as well', { prompt: 'consent' }, 'email offline_access profile read write'],
])('offline_access alone asks for what asking for no scope means; %s', async (_title, changes, expected) => {
  const app = await aWebApp();
  const { scope } = await tokensOf(await aPersonsAgent(), app, { scope: 'offline_access', ...changes });
  expect(scope.split(' ').toSorted().join(' ')).toBe(expected);
});
