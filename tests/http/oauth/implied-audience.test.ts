import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { decideDeviceRequest } from '#lib/devices/index';
import { listRefusals } from '#lib/refusals/index';
import { type CreateResource, createResource, removeResource, updateResource } from '#lib/resources/index';
import { stranger } from '#support/actors';
import {
  anAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  decide,
  locationOf,
  redeem,
  refresh,
  tokensOf,
  userinfo,
} from '#support/authorizing';
import { db } from '#support/database';
import { aDeviceApp, begin, poll } from '#support/device';
import { origin } from '#support/listening';
import { aMachine, askToken, introspect } from '#support/oauth';
import { push } from '#support/pushing';
import { aScopeRow } from '#support/scope-row';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;

// `shared` is offered by two, `loose` by none, and `payments` takes JWTs.
const own = ['orders:read', 'orders:write', 'invoices:read', 'payments:read', 'shared', 'loose'];
const others = ['gone:read', 'less:read', 'less:write', 'later:read', 'kept:read', 'kept:write'];
const registered = ['openid', 'profile', 'email', 'offline_access', 'read', 'write', 'clients:read', ...own];
const [orders, invoices, payments] = ['https://orders.example', 'https://invoices.example/api', 'https://pay.example'];

type Api = Awaited<ReturnType<typeof aMachine>>;
let [ordersApi, invoicesApi, paymentsApi] = [] as unknown as [Api, Api, Api];

const anApi = (uri: string, api: Api, values: Pick<CreateResource, 'scopes' | 'accessTokenFormat'>) =>
  createResource(operator, { uri, name: uri, introspectedBy: [api.clientId], ...values });

beforeAll(async () => {
  for (const name of [...own, ...others]) await aScopeRow(name);
  [ordersApi, invoicesApi, paymentsApi] = [await aMachine(), await aMachine(), await aMachine()];
  await anApi(orders, ordersApi, { scopes: ['orders:read', 'orders:write', 'shared'] });
  await anApi(invoices, invoicesApi, { scopes: ['invoices:read', 'shared'] });
  await anApi(payments, paymentsApi, { scopes: ['payments:read'], accessTokenFormat: 'jwt' });
});

const anApp = () => aWebApp({ scopes: registered, requirePkce: false });
const aProgram = (scopes = registered) => aMachine({ scopes });

/** What each API is told of a token. */
const told = (token: string) => Promise.all([ordersApi, invoicesApi].map((api) => introspect(api, token)));
const inactive = { active: false };

/** A request as a person's browser, a pushed one, a device and a program send it, answered without asking anybody. */
async function refusalsOf(scope: string) {
  const [app, device, machine] = [await anApp(), await aDeviceApp({ scopes: registered }), await aProgram()];
  const browser = await authorize(await anAgent(app.owner), app, { scope });
  const others = [await push(app, { scope }), await begin(device, { scope })].map(({ body }) => body);
  const program = scope.includes('openid') ? [] : [(await askToken(machine, { scope })).body];
  return [Object.fromEntries(browser), ...others, ...program];
}

describe('rule A8: a token is for the resource that offers its scopes, wherever the request names it', () => {
  test.each([
    ['no resource, without openid', 'orders:read', {}, {}, 'orders:read'],
    ['no resource, with openid', 'openid orders:read', {}, {}, 'openid orders:read'],
    ['at authorize only, with openid', 'openid orders:read', { resource: orders }, {}, 'openid orders:read'],
    ['at authorize only, without openid', 'orders:read', { resource: orders }, {}, 'orders:read'],
    ['at authorize and token', 'openid orders:read', { resource: orders }, { resource: orders }, 'orders:read'],
    ['at token only', 'openid orders:read', {}, { resource: orders }, 'orders:read'],
  ])('%s', async (_title, scope, atAuthorize, atToken, answered) => {
    const app = await anApp();
    const code = (await authorize(await anAgent(app.owner), app, { scope, ...atAuthorize })).get('code') ?? '';
    const { body } = await redeem(app, code, atToken);
    expect(body.scope).toBe(answered);
    expect(await introspect(ordersApi, body.access_token)).toMatchObject({
      active: true,
      aud: orders,
      scope: 'orders:read',
    });
    expect(await introspect(invoicesApi, body.access_token)).toEqual(inactive);
    expect((await userinfo(body.access_token)).status === 200).toBe(answered.includes('openid'));
  });

  test('identity scopes and those that no resource offers count for none', async () => {
    const app = await anApp();
    const agent = await anAgent(app.owner);
    const mixed = await tokensOf(agent, app, { scope: 'openid profile email orders:read orders:write loose' });
    expect(mixed.scope).toBe('openid profile email orders:read orders:write');
    expect(await told(mixed.access_token)).toMatchObject([
      { aud: orders, scope: 'orders:read orders:write' },
      inactive,
    ]);
    expect((await userinfo(mixed.access_token)).body.email).toEqual(expect.any(String));
    const loose = await tokensOf(agent, app, { scope: 'openid loose' });
    expect(loose.scope).toBe('openid loose');
    expect(await introspect(app, loose.access_token)).not.toHaveProperty('aud');
    expect(await told(loose.access_token)).toEqual([inactive, inactive]);
  });

  test('the claims parameter is answered at userinfo too', async () => {
    const app = await anApp();
    const claims = JSON.stringify({ userinfo: { email: null } });
    const { access_token } = await tokensOf(await anAgent(app.owner), app, { scope: 'openid orders:read', claims });
    expect((await userinfo(access_token)).body.email).toEqual(expect.any(String));
  });

  test('a device, a pushed request and a program: the same', async () => {
    const [device, app, machine] = [await aDeviceApp({ scopes: registered }), await anApp(), await aProgram()];
    const { device_code: code, user_code: shown } = (await begin(device, { scope: 'openid orders:read' })).body;
    await decideDeviceRequest(device.owner, shown, { allow: true, wanted: [], organizationId: null });
    const ofDevice = (await poll(device, code)).body;
    expect(ofDevice.scope).toBe('openid orders:read');
    const { body, verifier } = await push(app, { scope: 'orders:read' });
    const pushed = { request_uri: body.request_uri, scope: undefined, redirect_uri: undefined };
    const answer = await authorize(await anAgent(app.owner), app, pushed);
    const ofPush = (await redeem(app, answer.get('code') ?? '', { code_verifier: verifier })).body;
    const ofProgram = (await askToken(machine, { scope: 'orders:read loose' })).body;
    expect(ofProgram.scope).toBe('orders:read');
    for (const { access_token } of [ofDevice, ofPush, ofProgram])
      expect(await told(access_token)).toMatchObject([{ active: true, aud: orders, scope: 'orders:read' }, inactive]);
  });

  test('with openid and a JWT the claims are in the ID token, and the JWT has the API’s scopes only', async () => {
    const app = await anApp();
    const scope = 'openid email payments:read';
    const tokens = await tokensOf(await anAgent(app.owner), app, { scope });
    expect(tokens.scope).toBe('payments:read');
    const jwks = createRemoteJWKSet(new URL(`${origin}/oauth/jwks`));
    const { payload } = await jwtVerify(tokens.access_token, jwks, { audience: payments, typ: 'at+jwt' });
    expect(payload.scope).toBe('payments:read');
    expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({ email: expect.any(String), email_verified: true });
    expect((await userinfo(tokens.access_token)).status).toBe(401);
  });

  test('read and write belong to the resource that offers them; a program of /o/apps/ means the registry by them', async () => {
    const uri = 'https://read.example';
    await createResource(operator, { uri, name: 'Read', scopes: ['read', 'write'] });
    const audienceOf = async (values: Parameters<typeof aMachine>[0]) => {
      const machine = await aMachine(values);
      return (await introspect(machine, (await askToken(machine)).body.access_token)).aud;
    };
    const everyones = { scopes: ['read', 'write'] };
    expect(await audienceOf(everyones)).toBe(uri);
    expect(await audienceOf({ ...everyones, provenance: 'apps' })).toBe(origin);
    expect(await audienceOf({ scopes: ['read', 'clients:read'] })).toBe(origin);
    await removeResource(operator, uri);
    expect(await audienceOf(everyones)).toBe(origin);
  });
});

describe('a scope that several resources offer', () => {
  test('counts for the one that another scope names', async () => {
    const app = await anApp();
    const agent = await anAgent(app.owner);
    const one = await tokensOf(agent, app, { scope: 'shared invoices:read' });
    expect(await told(one.access_token)).toMatchObject([inactive, { aud: invoices, scope: 'shared invoices:read' }]);
    const both = await tokensOf(agent, app, { scope: 'shared invoices:read orders:read' });
    expect(await told(both.access_token)).toMatchObject([
      { aud: orders, scope: 'orders:read shared' },
      { aud: invoices, scope: 'invoices:read shared' },
    ]);
  });

  test('alone it is refused, naming them: invalid_target', async () => {
    for (const { error, error_description: why } of await refusalsOf('shared')) {
      expect(error).toBe('invalid_target');
      for (const part of ['shared', orders, invoices]) expect(why).toContain(part);
    }
  });

  test('counts for the operator’s default', async () => {
    await updateResource(operator, invoices, { isDefault: true });
    const [app, machine] = [await anApp(), await aProgram()];
    const tokens = await tokensOf(await anAgent(app.owner), app, { scope: 'openid shared' });
    const programs = (await askToken(machine, { scope: 'shared' })).body;
    for (const { access_token } of [tokens, programs])
      expect(await told(access_token)).toMatchObject([inactive, { aud: invoices, scope: 'shared' }]);
    await updateResource(operator, invoices, { isDefault: false });
  });
});

describe('scopes of several resources', () => {
  const scope = 'orders:read invoices:read';
  const each = [
    { active: true, aud: orders, scope: 'orders:read' },
    { active: true, aud: invoices, scope: 'invoices:read' },
  ];

  test('one opaque token is good for each, and each is told of its own scopes only', async () => {
    const [app, machine] = [await anApp(), await aProgram()];
    const tokens = await tokensOf(await anAgent(app.owner), app, { scope: `openid profile ${scope}` });
    expect(tokens.scope).toBe(`openid profile ${scope}`);
    expect((await userinfo(tokens.access_token)).status).toBe(200);
    const ofProgram = (await askToken(machine, { scope })).body;
    expect(ofProgram.scope).toBe(scope);
    const device = await aDeviceApp({ scopes: registered });
    const { device_code: code, user_code: shown } = (await begin(device, { scope })).body;
    await decideDeviceRequest(device.owner, shown, { allow: true, wanted: [], organizationId: null });
    const ofDevice = (await poll(device, code)).body;
    for (const { access_token } of [tokens, ofProgram, ofDevice]) {
      expect(await told(access_token)).toMatchObject(each);
      expect(await introspect(paymentsApi, access_token)).toEqual(inactive);
    }
    expect((await introspect(app, tokens.access_token)).aud).toEqual([orders, invoices]);
  });

  test('its client may get one for one of them', async () => {
    const app = await anApp();
    const agent = await anAgent(app.owner);
    const code = (await authorize(agent, app, { scope })).get('code') ?? '';
    const { access_token, refresh_token } = (await redeem(app, code, { resource: orders })).body;
    expect(await told(access_token)).toMatchObject([each[0], inactive]);
    const again = (await refresh(app, refresh_token, { resource: invoices })).body;
    expect(await told(again.access_token)).toMatchObject([inactive, each[1]]);
  });

  test.each([
    ['one of which takes JWTs', 'orders:read payments:read', [orders, payments]],
    ['with the registry among them', 'orders:read clients:read', [orders, origin]],
    ['with the registry among them, and openid', 'openid orders:read clients:read', [orders, origin]],
  ])('%s: invalid_target names them', async (_title, asked, named) => {
    for (const { error, error_description: why } of await refusalsOf(asked)) {
      expect(error).toBe('invalid_target');
      for (const uri of named) expect(why).toContain(uri);
    }
  });

  test('the same where they were named when the person was asked, and the token request names none', async () => {
    const app = await anApp();
    const agent = await anAgent(app.owner);
    const url = `${authorizationUrl(app, { scope: 'orders:read payments:read', resource: orders })}&resource=${payments}`;
    const consent = locationOf(await agent.go(url));
    const code = new URL(await decide(agent, consent, 'allow')).searchParams.get('code') ?? '';
    const { body } = await redeem(app, code);
    expect(body.error).toBe('invalid_target');
    for (const uri of [orders, payments]) expect(body.error_description).toContain(uri);
  });
});

describe('a refresh never widens the audience, and narrows it as far as its scopes', () => {
  const refreshing = async (scope: string) => {
    const app = await anApp();
    const { refresh_token = '' } = await tokensOf(await anAgent(app.owner), app, { scope });
    return async (form: Record<string, string> = {}) => (await refresh(app, refresh_token, form)).body;
  };

  test('it is for the same resources, or for those whose scopes are asked for', async () => {
    const again = await refreshing('openid orders:read invoices:read');
    expect(await told((await again()).access_token)).toMatchObject([{ active: true }, { active: true }]);
    const narrow = await again({ scope: 'orders:read' });
    expect(narrow.scope).toBe('orders:read');
    expect(await told(narrow.access_token)).toMatchObject([{ aud: orders }, inactive]);
    const person = await again({ scope: 'openid' });
    expect(await told(person.access_token)).toEqual([inactive, inactive]);
    expect((await userinfo(person.access_token)).status).toBe(200);
  });

  test('a resource that is removed or gives up a scope since is left out', async () => {
    const [gone, less] = ['https://gone.example', 'https://less.example'];
    await anApi(gone, ordersApi, { scopes: ['gone:read'] });
    await anApi(less, invoicesApi, { scopes: ['less:read', 'less:write'] });
    const app = await aWebApp({ scopes: ['openid', 'gone:read', 'less:read', 'less:write'], requirePkce: false });
    const agent = await anAgent(app.owner);
    const tokens = async (scope: string) => (await tokensOf(agent, app, { scope })).refresh_token ?? '';
    const both = await tokens('gone:read less:read less:write');
    const [signedIn, alone] = [await tokens('openid gone:read'), await tokens('gone:read')];
    await removeResource(operator, gone);
    await updateResource(operator, less, { scopes: ['less:read'] });
    const left = (await refresh(app, both)).body;
    expect(left.scope).toBe('less:read');
    expect(await introspect(app, left.access_token)).toMatchObject({ aud: less, scope: 'less:read' });
    expect((await refresh(app, signedIn)).body.scope).toBe('openid');
    const { error, error_description: why } = (await refresh(app, alone)).body;
    expect({ error, why }).toEqual({ error: 'invalid_target', why: expect.stringContaining(gone) });
  });

  test('one that was for none stays for none when a resource comes to offer its scopes', async () => {
    const app = await aWebApp({ scopes: ['later:read'], requirePkce: false });
    const { refresh_token = '' } = await tokensOf(await anAgent(app.owner), app, { scope: 'later:read' });
    const uri = 'https://later.example';
    await anApi(uri, ordersApi, { scopes: ['later:read'] });
    const again = (await refresh(app, refresh_token)).body;
    expect(await introspect(app, again.access_token)).not.toHaveProperty('aud');
    expect(await introspect(ordersApi, again.access_token)).toEqual(inactive);
    const renewed = await tokensOf(await anAgent(app.owner), app, { scope: 'later:read' });
    expect(await introspect(ordersApi, renewed.access_token)).toMatchObject({ aud: uri });
  });

  test('a live token that carries a scope which its resource has given up is told without it', async () => {
    const app = await aWebApp({ scopes: ['kept:read', 'openid'], requirePkce: false });
    const uri = 'https://kept.example';
    await anApi(uri, ordersApi, { scopes: ['kept:read', 'kept:write'] });
    const { access_token } = await tokensOf(await anAgent(app.owner), app, { scope: 'openid kept:read' });
    expect(await introspect(ordersApi, access_token)).toMatchObject({ active: true, scope: 'kept:read' });
    await updateResource(operator, uri, { scopes: ['kept:write'] });
    expect(await introspect(ordersApi, access_token)).toEqual(inactive);
  });
});

test('the owner of an app learns at which API a token was used, and for which it is; no token stands there', async () => {
  const [app, machine] = [await anApp(), await aProgram()];
  const { access_token } = await tokensOf(await anAgent(app.owner), app, { scope: 'openid loose' });
  const { access_token: jwt } = (await askToken(machine, { scope: 'payments:read' })).body;
  const { access_token: other } = (await askToken(machine, { scope: 'invoices:read' })).body;
  for (const token of [access_token, jwt, other]) expect(await introspect(ordersApi, token)).toEqual(inactive);
  const noted = async ({ owner, clientId }: Api) =>
    (await listRefusals(owner, clientId)).map(({ reason, asked, description }) => ({ reason, asked, description }));
  const at = { reason: 'audience', asked: expect.stringContaining(orders) };
  const is = (audience: string) => expect.stringMatching(`^the token was used at .*, and is for ${audience}$`);
  await expect.poll(() => noted(app)).toEqual([{ ...at, description: is('no resource') }]);
  await expect.poll(() => noted(machine)).toEqual([{ ...at, description: is(invoices) }]);
});

describe('a resource that is named and offers none of the scopes', () => {
  test('is refused before anybody is asked, wherever it is named', async () => {
    const [app, device] = [await anApp(), await aDeviceApp({ scopes: registered })];
    const asked = { scope: 'orders:read', resource: invoices };
    const browser = Object.fromEntries(await authorize(await anAgent(app.owner), app, asked));
    for (const refusal of [browser, (await push(app, asked)).body, (await begin(device, asked)).body]) {
      const error_description = `${invoices} offers none of the requested scopes`;
      expect(refusal).toMatchObject({ error: 'invalid_scope', error_description });
    }
    await expect.poll(() => listRefusals(app.owner, app.clientId)).toHaveLength(2);
  });

  test('leaves a token about the person, without the scopes of other resources', async () => {
    const app = await anApp();
    const asked = { scope: 'openid profile orders:read', resource: invoices };
    const { access_token, scope } = await tokensOf(await anAgent(app.owner), app, asked);
    expect(scope).toBe('openid profile');
    expect(await told(access_token)).toEqual([inactive, inactive]);
    expect((await userinfo(access_token)).status).toBe(200);
  });
});

test('a program may name its resource as a list in JSON', async () => {
  const machine = await aProgram();
  const send = async (resource: unknown) => {
    const answer = await fetch(`${origin}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: machine.clientId,
        client_secret: machine.secret,
        scope: 'orders:read',
        resource,
      }),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  for (const resource of [orders, [orders], []]) expect(await send(resource)).toMatchObject({ scope: 'orders:read' });
  expect(await send([orders, invoices])).toMatchObject({ error: 'invalid_target' });
  for (const resource of [[orders, 1], { uri: orders }, [[orders]]])
    expect(await send(resource)).toMatchObject({ error: 'invalid_request' });
});

test('a resource that offers nothing of what is asked for gets no token without scopes', async () => {
  const machine = await aMachine({ scopes: ['orders:read'] });
  expect((await askToken(machine, { resource: payments })).body.error).toBe('invalid_scope');
  const app = await anApp();
  const code = (await authorize(await anAgent(app.owner), app, { scope: 'openid loose', resource: payments })).get(
    'code',
  );
  expect((await redeem(app, code ?? '', { resource: payments })).body.error).toBe('invalid_scope');
});
