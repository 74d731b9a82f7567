import { describe, expect, test } from 'vitest';
import {
  aPersonsAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  callback,
  locationOf,
  pkce,
  redeem,
} from '#support/authorizing';
import { aDeviceApp } from '#support/device';
import { origin } from '#support/listening';
import { aMachine, basic, post } from '#support/oauth';

const publicApp = () => aWebApp({ tokenEndpointAuthMethod: 'none' });
const nameOnly = (clientId: string) => ({ authorization: basic({ clientId, secret: '' }) });
const tokenPaths = ['/oauth/token', '/oauth2/token', '/oauth2/tokens', '/o/token/', '/v2/oauth/token'];
const refused = { status: 401, body: { error: 'invalid_client' } };

async function aCode(app: { clientId: string }) {
  const { verifier, challenge } = pkce();
  const agent = await aPersonsAgent();
  const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
  const code = (await authorize(agent, app, proof)).get('code') ?? '';
  return { grant_type: 'authorization_code', code, redirect_uri: callback, code_verifier: verifier };
}

describe('an empty client secret is no secret (RFC 6749 §2.3.1)', () => {
  test.each(tokenPaths)('a public client that sends Basic "id:" gets tokens at %s', async (path) => {
    const app = await publicApp();
    expect(await post(path, await aCode(app), nameOnly(app.clientId))).toMatchObject({
      status: 200,
      body: { access_token: expect.stringMatching(/^clt_at_/) },
    });
  });

  test('Basic "id:" beside the same client_id, an empty client_secret and an empty client_assertion is the same client', async () => {
    const app = await publicApp();
    const named = { client_id: app.clientId, client_secret: '', client_assertion: '', client_assertion_type: '' };
    const answer = await post('/oauth/token', { ...(await aCode(app)), ...named }, nameOnly(app.clientId));
    expect(answer.status).toBe(200);
  });

  test('Basic that names nobody, an empty Authorization and an empty DPoP header say nothing', async () => {
    const { clientId } = await publicApp();
    const noName = { authorization: basic({ clientId: '', secret: '' }) };
    const nothing: Record<string, string>[] = [noName, { authorization: '' }, { dpop: '' }];
    for (const headers of nothing)
      for (const path of tokenPaths) {
        const form = { ...(await aCode({ clientId })), client_id: clientId };
        expect([path, headers, (await post(path, form, headers)).status]).toEqual([path, headers, 200]);
      }
  });

  test('Basic "id:" beside another client_id is refused', async () => {
    const [app, other] = [await publicApp(), await publicApp()];
    const answer = await post(
      '/oauth/token',
      { ...(await aCode(app)), client_id: other.clientId },
      nameOnly(app.clientId),
    );
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  test('it pushes, begins as a device, revokes, and may not introspect', async () => {
    const [app, device] = [await publicApp(), await aDeviceApp()];
    const pushed = {
      response_type: 'code',
      redirect_uri: callback,
      scope: 'openid read',
      client_id: app.clientId,
      code_challenge: pkce().challenge,
      code_challenge_method: 'S256',
    };
    expect((await post('/oauth/par', pushed, nameOnly(app.clientId))).status).toBe(201);
    expect((await post('/oauth/device', { scope: 'read' }, nameOnly(device.clientId))).status).toBe(200);
    const { body } = await post('/oauth/token', await aCode(app), nameOnly(app.clientId));
    for (const path of ['/oauth/introspect', '/oauth2/tokens/introspect', '/v2/oauth/introspect']) {
      const { body: told } = await post(path, { token: body.access_token }, nameOnly(app.clientId));
      expect(told).toEqual({ active: false });
    }
    for (const path of ['/oauth2/tokens/revoke', '/oauth/revoke'])
      expect((await post(path, { token: body.access_token }, nameOnly(app.clientId))).status).toBe(200);
    const asked = await fetch(`${origin}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(asked.status).toBe(401);
  });

  test('a client that has a secret is refused without it, with WWW-Authenticate where it tried Basic', async () => {
    const { clientId } = await aMachine();
    const form = { grant_type: 'client_credentials' };
    const byHeader = await post('/oauth/token', form, nameOnly(clientId));
    expect(byHeader).toMatchObject(refused);
    expect(byHeader.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(await post('/oauth/token', { ...form, client_id: clientId, client_secret: '' })).toMatchObject(refused);
  });

  test('beside a secret in the body, Basic "id:" is no second way to authenticate', async () => {
    const { clientId, secret } = await aMachine();
    const form = { grant_type: 'client_credentials', client_secret: secret };
    expect((await post('/oauth/token', form, nameOnly(clientId))).status).toBe(200);
  });

  test('a client whose secret is optional acts as a public one when it sends an empty secret', async () => {
    const app = await aWebApp({ secretOptional: true });
    const form = { ...(await aCode(app)), client_id: app.clientId };
    expect((await post('/oauth/token', { ...form, client_secret: '' })).status).toBe(200);
    expect((await post('/oauth/token', await aCode(app), nameOnly(app.clientId))).status).toBe(200);
    const withoutPkce = await aWebApp({ secretOptional: true, requirePkce: false });
    const code = (await authorize(await aPersonsAgent(), withoutPkce)).get('code') ?? '';
    const unproved = await redeem({ ...withoutPkce, secret: '' }, code, { client_secret: '' });
    expect(unproved).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test.each(['', 'not base64 at all', 'Og=='])('Basic "%s" names no client', async (sent) => {
    const answer = await post('/oauth/token', { grant_type: 'client_credentials' }, { authorization: `Basic ${sent}` });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });
});

describe('a parameter without a value counts as left out (RFC 6749 §3.1)', () => {
  const emptyAt = {
    prompt: '',
    max_age: '',
    nonce: '',
    display: '',
    claims: '',
    login_hint: '',
    resource: '',
    request: '',
    request_uri: '',
    response_mode: '',
    id_token_hint: '',
    ui_locales: '',
  };

  test('at authorize: the person is asked', async () => {
    const app = await aWebApp({ requirePkce: false });
    const { go } = await aPersonsAgent();
    const empty = { ...emptyAt, code_challenge: '', code_challenge_method: '' };
    expect(locationOf(await go(authorizationUrl(app, empty)))).toContain('/consent/');
    const url = authorizationUrl(app, { resource: '' });
    expect(locationOf(await go(`${url}&resource=`))).toContain('/consent/');
    const form = new URLSearchParams(new URL(authorizationUrl(app, empty), origin).search);
    expect(locationOf(await go('/oauth/authorize', { method: 'POST', body: form }))).toContain('/consent/');
  });

  test('at authorize: an empty scope asks for the registered scopes, an empty redirect_uri or client_id is missing', async () => {
    const app = await aWebApp({ requirePkce: false });
    const agent = await aPersonsAgent();
    const code = (await authorize(agent, app, { scope: '' })).get('code') ?? '';
    expect((await redeem(app, code)).body.scope.split(' ')).toEqual(expect.arrayContaining(['read', 'write']));
    for (const missing of ['redirect_uri', 'client_id'])
      expect((await agent.go(authorizationUrl(app, { [missing]: '' }))).headers.get('x-page')).toMatch(/^\/refused\//);
    const answer = new URL(locationOf(await agent.go(authorizationUrl(app, { response_type: '' }))));
    expect(answer.searchParams.get('error_description')).toMatch(/missing required parameter.*response_type/);
  });

  test('at PAR: an empty scope asks for the registered scopes, also of an app that registered itself', async () => {
    const app = await publicApp();
    const { verifier, challenge } = pkce();
    const pushed = await post('/oauth/par', {
      ...emptyAt,
      response_type: 'code',
      redirect_uri: callback,
      client_id: app.clientId,
      client_secret: '',
      scope: '',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    expect(pushed.status).toBe(201);
    const agent = await aPersonsAgent();
    const answered = await authorize(agent, app, { request_uri: pushed.body.request_uri });
    const { status, body } = await redeem({ ...app, secret: '' }, answered.get('code') ?? '', {
      code_verifier: verifier,
    });
    expect(status).toBe(200);
    expect(body.scope.split(' ')).toEqual(expect.arrayContaining(['read', 'write']));
  });

  test('at the token endpoint, as a form and as JSON; and at device, revoke and introspect', async () => {
    const machine = await aMachine();
    const empty = { grant_type: 'client_credentials', scope: '', resource: '', client_assertion: '', client_id: '' };
    const headers = { authorization: basic(machine) };
    expect((await post('/oauth/token', empty, headers)).status).toBe(200);
    const byJson = await fetch(`${origin}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...empty, client_id: machine.clientId, client_secret: machine.secret }),
    });
    expect(byJson.status).toBe(200);
    const device = await aDeviceApp();
    const begun = await post('/oauth/device', {
      client_id: device.clientId,
      client_secret: '',
      scope: '',
      resource: '',
    });
    expect(begun.status).toBe(200);
    const { body } = await post('/oauth/token', empty, headers);
    const token = { token: body.access_token, token_type_hint: '', client_id: '' };
    expect((await post('/oauth/introspect', token, headers)).body).toMatchObject({ active: true });
    expect((await post('/oauth/revoke', token, headers)).status).toBe(200);
    expect((await post('/oauth/introspect', token, headers)).body).toEqual({ active: false });
  });

  test('an empty grant_type or token is missing, and said to be', async () => {
    const machine = await aMachine();
    const headers = { authorization: basic(machine) };
    expect((await post('/oauth/token', { grant_type: '' }, headers)).body.error_description).toMatch(/grant_type/);
    expect((await post('/oauth/revoke', { token: '' }, headers)).body.error_description).toMatch(/token/);
  });

  test('at end-session, by address and by form: an empty hint, address and state are none', async () => {
    const app = await aWebApp({ postLogoutRedirectUris: ['https://app.example.com/bye'] });
    const { go } = await aPersonsAgent();
    const empty = { id_token_hint: '', post_logout_redirect_uri: '', state: '', client_id: app.clientId };
    for (const answer of [
      await go(`/oauth/end-session?${new URLSearchParams(empty)}`),
      await go('/oauth/end-session', { method: 'POST', body: new URLSearchParams(empty) }),
    ])
      expect(answer.headers.get('x-page')).toMatch(/^\/sign-out\?note=/);
    const nobody = await fetch(`${origin}/oauth/end-session?client_id=&id_token_hint=`);
    expect(nobody.headers.get('x-page')).toBe('/sign-out');
  });
});
