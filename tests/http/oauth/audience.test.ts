import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decideDeviceRequest } from '#lib/devices/index';
import { createResource, removeResource } from '#lib/resources/index';
import { stranger } from '#support/actors';
import {
  type Agent,
  anAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  callback,
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
import { basic, introspect, post } from '#support/oauth';
import { allow, push } from '#support/pushing';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;

async function aResource(scopes = ['read', 'files:read']) {
  const uri = `https://${randomUUID()}.example/api`;
  await createResource(operator, { uri, name: 'Files', scopes });
  return uri;
}

const scopes = ['openid', 'profile', 'offline_access', 'read', 'write', 'files:read', 'clients:read', 'clients:write'];
const anApp = (values: Parameters<typeof aWebApp>[0] = {}) => aWebApp({ scopes, requirePkce: false, ...values });
type App = Awaited<ReturnType<typeof anApp>>;

const atRegistry = async (token: string) =>
  (await fetch(`${origin}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;

/** A code for what is asked, with several resources if told. */
async function aCode(agent: Agent, app: App, changes: Record<string, string>, resources: readonly string[]) {
  const url = resources.reduce(
    (so, uri) => `${so}&resource=${encodeURIComponent(uri)}`,
    authorizationUrl(app, changes),
  );
  const first = locationOf(await agent.go(url));
  const last = first.startsWith(`${origin}/consent/`) ? await decide(agent, first, 'allow') : first;
  return new URL(last).searchParams.get('code') ?? '';
}

describe('a person is asked and no resource is named', () => {
  test.each([
    ['clients:read', origin],
    ['clients:read clients:write', origin],
    ['read write clients:read', origin],
    ['clients:read offline_access', origin],
    ['read write', undefined],
    ['read offline_access', undefined],
    ['files:read', undefined],
    ['clients:read files:read', origin],
    ['openid clients:read', origin],
    ['openid profile', undefined],
  ])('%j: the audience is %s', async (scope, audience) => {
    const app = await anApp();
    const tokens = await tokensOf(await anAgent(app.owner), app, { scope });
    expect((await introspect(app, tokens.access_token)).aud).toBe(audience);
    expect(await atRegistry(tokens.access_token)).toBe(audience ? 200 : 401);
    expect((await userinfo(tokens.access_token)).status === 200).toBe(scope.includes('openid'));
    const again = (await refresh(app, tokens.refresh_token ?? '')).body;
    expect((await introspect(app, again.access_token)).aud).toBe(audience);
  });

  test('a request without scope requests all registered scopes', async () => {
    const app = await anApp({ scopes: ['clients:read', 'clients:write'] });
    const { access_token, scope } = await tokensOf(await anAgent(app.owner), app, { scope: undefined });
    expect(scope).toBe('clients:read clients:write');
    expect(await atRegistry(access_token)).toBe(200);
  });

  test('a pushed request: the same', async () => {
    const app = await anApp();
    const { body, verifier } = await push(app, { scope: 'clients:read' });
    const answer = await allow(await anAgent(app.owner), app, body.request_uri);
    const { access_token } = (await redeem(app, answer.searchParams.get('code') ?? '', { code_verifier: verifier }))
      .body;
    expect(await atRegistry(access_token)).toBe(200);
  });

  test.each([
    ['clients:read', 200],
    ['read', 401],
  ])('a device that asks for %j: the same', async (scope, status) => {
    const app = await aDeviceApp({ scopes: ['clients:read', 'read'] });
    const { device_code: code, user_code: shown } = (await begin(app, { scope })).body;
    await decideDeviceRequest(app.owner, shown, { allow: true, wanted: [], organizationId: null });
    const { access_token, refresh_token } = (await poll(app, code)).body;
    expect(await atRegistry(access_token)).toBe(status);
    expect(await atRegistry((await refresh(app, refresh_token)).body.access_token)).toBe(status);
  });
});

describe('RFC 8707 §2.2: a resource was named when the person was asked', () => {
  test('the token is for it, whether the token request names it again or not; with openid it is good at userinfo unless it does', async () => {
    const [app, uri] = [await anApp(), await aResource()];
    const agent = await anAgent(app.owner);
    const plain = await tokensOf(agent, app, { scope: 'read', resource: uri });
    expect(await introspect(app, plain.access_token)).toMatchObject({ aud: uri, scope: 'read' });
    const signedIn = await tokensOf(agent, app, { scope: 'openid profile read', resource: uri });
    expect(await introspect(app, signedIn.access_token)).toMatchObject({ aud: uri, scope: 'openid profile read' });
    expect((await userinfo(signedIn.access_token)).status).toBe(200);
    const code = await aCode(agent, app, { scope: 'openid read' }, [uri]);
    const named = (await redeem(app, code, { resource: uri })).body;
    expect(await introspect(app, named.access_token)).toMatchObject({ aud: uri, scope: 'read' });
    expect((await userinfo(named.access_token)).status).toBe(403);
    const later = (await refresh(app, signedIn.refresh_token ?? '', { resource: uri })).body;
    expect(await introspect(app, later.access_token)).toMatchObject({ aud: uri, scope: 'read' });
  });

  test('of two, each token is for the one that its request names; the refresh token is for both', async () => {
    const [app, files, clients] = [await anApp(), await aResource(), origin];
    const scope = 'files:read clients:read';
    const code = await aCode(await anAgent(app.owner), app, { scope }, [files, clients]);
    const first = (await redeem(app, code, { resource: files })).body;
    expect(await introspect(app, first.access_token)).toMatchObject({ aud: files, scope: 'files:read' });
    for (const [resource, of] of [
      [clients, 'clients:read'],
      [files, 'files:read'],
    ] as const) {
      const { access_token } = (await refresh(app, first.refresh_token, { resource })).body;
      expect(await introspect(app, access_token)).toMatchObject({ aud: resource, scope: of });
    }
  });

  test('of two, a token whose request names none is for both; and no request for a token names two', async () => {
    const [app, one, other] = [await anApp(), await aResource(), await aResource()];
    const agent = await anAgent(app.owner);
    const code = async () => aCode(agent, app, { scope: 'read' }, [one, other]);
    const both = (await redeem(app, await code())).body;
    expect((await introspect(app, both.access_token)).aud).toEqual([one, other]);
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code: await code(),
      redirect_uri: callback,
      resource: one,
    });
    form.append('resource', other);
    const { status, body } = await post('/oauth/token', form.toString(), { authorization: basic(app) });
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_target' });
    expect(body.error_description).toContain(`${one} ${other}`);
  });

  test('two may be pushed, and sent as a form', async () => {
    const [app, one, other] = [await anApp(), await aResource(), await aResource()];
    const agent = await anAgent(app.owner);
    const form = new URLSearchParams({ client_id: app.clientId, response_type: 'code', redirect_uri: callback });
    form.append('scope', 'read');
    for (const uri of [one, other]) form.append('resource', uri);
    const pushed = await post('/oauth/par', form.toString(), { authorization: basic(app) });
    expect(pushed.status).toBe(201);
    const answer = await allow(agent, app, pushed.body.request_uri);
    const { access_token } = (await redeem(app, answer.searchParams.get('code') ?? '', { resource: other })).body;
    expect((await introspect(app, access_token)).aud).toBe(other);
    const posted = locationOf(await agent.go('/oauth/authorize', { method: 'POST', body: form }));
    const code = new URL(posted).searchParams.get('code') ?? '';
    expect((await introspect(app, (await redeem(app, code, { resource: one })).body.access_token)).aud).toBe(one);
  });

  test('a refresh narrows scopes too, and only within what was allowed', async () => {
    const [app, uri] = [await anApp(), await aResource()];
    const { refresh_token = '' } = await tokensOf(await anAgent(app.owner), app, {
      scope: 'read files:read',
      resource: uri,
    });
    const narrow = (await refresh(app, refresh_token, { scope: 'read' })).body;
    expect(await introspect(app, narrow.access_token)).toMatchObject({ aud: uri, scope: 'read' });
    expect((await refresh(app, refresh_token, { scope: 'read write' })).body.error).toBe('invalid_scope');
    expect((await refresh(app, refresh_token)).body.scope).toBe('read files:read');
  });
});

describe('invalid_target names the resource that was asked for', () => {
  const nobody = 'https://nobody.example/api';
  const spellings = [nobody, '/relative', 'nonsense', `${nobody}#part`, `https://x.example/"\\\u00e4`];

  test.each(spellings)('%j, at the endpoints that programs read', async (resource) => {
    const [app, device] = [
      await anApp({ grantTypes: ['client_credentials', 'authorization_code'] }),
      await aDeviceApp(),
    ];
    const answers = [
      await post('/oauth/token', { grant_type: 'client_credentials', resource }, { authorization: basic(app) }),
      await push(app, { resource }),
      await begin(device, { resource }),
    ];
    for (const { status, body } of answers) {
      expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_target' });
      expect(body.error_description).toContain(resource.replace(/["\\\u00e4]/g, '?'));
      expect(body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    }
  });

  test('to a person’s app, where its answer leads', async () => {
    const app = await anApp();
    const answer = await authorize(await anAgent(app.owner), app, { resource: nobody });
    expect(answer.get('error')).toBe('invalid_target');
    expect(answer.get('error_description')).toContain(nobody);
  });

  test('where a code or a refresh token was not given for it', async () => {
    const [app, uri, other] = [await anApp(), await aResource(), await aResource()];
    const agent = await anAgent(app.owner);
    const code = await aCode(agent, app, { scope: 'read' }, [uri]);
    const withResource = await tokensOf(agent, app, { scope: 'read', resource: uri });
    const without = await tokensOf(agent, app, { scope: 'openid write' });
    const answers = [
      await redeem(app, code, { resource: other }),
      await refresh(app, withResource.refresh_token ?? '', { resource: other }),
      await refresh(app, without.refresh_token ?? '', { resource: other }),
      await refresh(app, without.refresh_token ?? '', { resource: origin }),
    ];
    const expected = { error: 'invalid_target', error_description: expect.stringContaining('not for that resource: ') };
    for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 400, body: expected });
    expect(answers[0]?.body.error_description).toContain(other);
  });

  test('where it was removed since', async () => {
    const [app, uri] = [await anApp(), await aResource()];
    const tokens = await tokensOf(await anAgent(app.owner), app, { scope: 'read', resource: uri });
    await removeResource(operator, uri);
    const { status, body } = await refresh(app, tokens.refresh_token ?? '');
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_target' });
    expect(body.error_description).toContain(uri);
  });
});
