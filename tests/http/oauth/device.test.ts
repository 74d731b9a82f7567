import { eq, sql } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import {
  allowInsecureRequests,
  discovery,
  initiateDeviceAuthorization,
  None,
  pollDeviceAuthorizationGrant,
} from 'openid-client';
import { describe, expect, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { grants } from '#db/schema/grant';
import { rateLimits } from '#db/schema/rate-limit';
import { disableClient } from '#lib/clients/index';
import { cancelDeviceRequest, decideDeviceRequest, getDeviceRequest } from '#lib/devices/index';
import { createResource } from '#lib/resources/index';
import { anOwner, aPerson, stranger } from '#support/actors';
import { type Agent, anAgent, aPersonsAgent, locationOf, refresh, userinfo } from '#support/authorizing';
import { db } from '#support/database';
import { aDeviceApp, begin, poll } from '#support/device';
import { origin } from '#support/listening';

const everything = { allow: true, wanted: [], organizationId: null } as const;
/** As if the seconds had passed that a device waits. */
const letTimePass = () => db.delete(rateLimits).where(sql`${rateLimits.key} like 'oauth:device:%'`);

const errorOf = async (answer: ReturnType<typeof poll>) => {
  const { status, body } = await answer;
  return { status, error: body.error };
};

describe('cancelling before the sign-in', () => {
  test('tells the device, once', async () => {
    const app = await aDeviceApp();
    const { body } = await begin(app, { scope: 'openid read' });
    await cancelDeviceRequest(stranger(db), body.user_code.toLowerCase());
    expect(await errorOf(poll(app, body.device_code))).toEqual({ status: 400, error: 'access_denied' });
    await expect(cancelDeviceRequest(stranger(db), body.user_code)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is limited: the codes that a network tries are counted', async () => {
    const app = await aDeviceApp();
    const { body } = await begin(app, { scope: 'openid read' });
    const somewhere = { ...stranger(db), network: '198.51.100.7' };
    const resetsAt = new Date(Date.now() + 60_000);
    await db.insert(rateLimits).values({ key: 'device-code:network:198.51.100.7', count: 99_999, resetsAt });
    await expect(cancelDeviceRequest(somewhere, 'BCDF-GHJK')).rejects.toMatchObject({ code: 'not_found' });
    await expect(cancelDeviceRequest(somewhere, body.user_code)).rejects.toMatchObject({ code: 'rate_limited' });
    await letTimePass();
    expect(await errorOf(poll(app, body.device_code))).toEqual({ status: 400, error: 'authorization_pending' });
  });
});

test('Allow without a choice among optional scopes does not answer a device', async () => {
  const app = await aDeviceApp({ optionalScopes: ['read'] });
  const { body } = await begin(app, { scope: 'read' });
  const person = await aPerson(db);
  await expect(decideDeviceRequest(person, body.user_code, everything)).rejects.toMatchObject({ field: 'scopes' });
  await decideDeviceRequest(person, body.user_code, { ...everything, wanted: ['read'] });
  await letTimePass();
  expect((await poll(app, body.device_code)).body.scope).toBe('read');
});

describe('RFC 8628', () => {
  test('a device shows a code, its person allows it, and it has tokens', async () => {
    const app = await aDeviceApp();
    const { status, headers, body } = await begin(app, { scope: 'openid profile read' });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        device_code: expect.any(String),
        user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
        verification_uri: `${origin}/device`,
        verification_uri_complete: `${origin}/device?user_code=${body.user_code}`,
        expires_in: 600,
        interval: 5,
      },
    });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(await errorOf(poll(app, body.device_code))).toEqual({ status: 400, error: 'authorization_pending' });

    const person = await aPerson(db, { name: 'Ada Lovelace' });
    const request = await getDeviceRequest(person, ` ${body.user_code.toLowerCase().replace('-', ' ')} `);
    expect(request).toMatchObject({ clientId: app.clientId, userCode: body.user_code, mayUse: true });
    expect(request.scopes.map(({ name }) => name)).toEqual(['openid', 'profile', 'read']);
    // The person is elsewhere than the device: another network, told without its last number.
    expect(request).toMatchObject({ otherNetwork: '127.0.0.*', staysConnected: true });
    const beside = await getDeviceRequest({ ...person, network: '127.0.0.1' }, body.user_code);
    expect(beside.otherNetwork).toBeUndefined();
    await decideDeviceRequest(person, body.user_code, everything);

    await letTimePass();
    const tokens = await poll(app, body.device_code);
    expect(tokens.status).toBe(200);
    expect(tokens.body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid profile read' });
    expect(decodeJwt(tokens.body.id_token)).toMatchObject({ sub: person.actor.userId, aud: app.clientId });
    expect((await userinfo(tokens.body.access_token)).body).toMatchObject({ name: 'Ada Lovelace' });
    const again = await refresh(app, tokens.body.refresh_token);
    expect(again.status).toBe(200);
    const [grant] = await db.select().from(grants).where(eq(grants.userId, person.actor.userId));
    expect(grant).toMatchObject({ clientId: app.clientId, scopes: ['openid', 'profile', 'read'] });
  });

  test('openid-client does it too, without special configuration', async () => {
    const app = await aDeviceApp();
    const config = await discovery(new URL(origin), app.clientId, undefined, None(), {
      execute: [allowInsecureRequests],
    });
    const device = await initiateDeviceAuthorization(config, { scope: 'read' });
    await decideDeviceRequest(await aPerson(db), device.user_code, everything);
    const tokens = await pollDeviceAuthorizationGrant(config, { ...device, interval: 1 });
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'read' });
  });

  test('rule A17: a second request within five seconds gets slow_down', async () => {
    const app = await aDeviceApp();
    const { device_code: code } = (await begin(app)).body;
    expect((await errorOf(poll(app, code))).error).toBe('authorization_pending');
    expect(await errorOf(poll(app, code))).toEqual({ status: 400, error: 'slow_down' });
    await letTimePass();
    expect((await errorOf(poll(app, code))).error).toBe('authorization_pending');
  });

  test('a code works once, and a second use ends its tokens', async () => {
    const app = await aDeviceApp();
    const { device_code: code, user_code: shown } = (await begin(app, { scope: 'read' })).body;
    await decideDeviceRequest(await aPerson(db), shown, everything);
    const { access_token: token } = (await poll(app, code)).body;
    expect((await userinfo(token)).status).toBe(403); // a token without openid: it lives
    expect((await errorOf(poll(app, code))).error).toBe('invalid_grant');
    expect((await userinfo(token)).status).toBe(401);
  });

  test('of ten uses of one code at most one succeeds', async () => {
    const app = await aDeviceApp();
    for (let round = 0; round < 3; round += 1) {
      const { device_code: code, user_code: shown } = (await begin(app, { scope: 'read' })).body;
      await decideDeviceRequest(await aPerson(db), shown, everything);
      const answers = await Promise.all(Array.from({ length: 10 }, () => poll(app, code)));
      const good = answers.filter(({ status }) => status === 200);
      expect(good.length).toBeLessThanOrEqual(1);
      for (const { status, body } of answers) expect([200, 400], JSON.stringify(body)).toContain(status);
      for (const { body } of good) expect((await userinfo(body.access_token)).status).toBe(401);
    }
  });

  test('after a refusal the device gets access_denied', async () => {
    const app = await aDeviceApp();
    const { device_code: code, user_code: shown } = (await begin(app)).body;
    await decideDeviceRequest(await aPerson(db), shown, { allow: false });
    expect(await errorOf(poll(app, code))).toEqual({ status: 400, error: 'access_denied' });
  });

  test('after ten minutes it has expired for both: expired_token', async () => {
    const app = await aDeviceApp();
    const { device_code: code, user_code: shown } = (await begin(app)).body;
    await db
      .update(artifacts)
      .set({ payload: sql`${artifacts.payload} || jsonb_build_object('exp', extract(epoch from now())::bigint - 1)` })
      .where(eq(artifacts.clientId, app.clientId));
    await expect(getDeviceRequest(await aPerson(db), shown)).rejects.toMatchObject({ code: 'not_found' });
    expect(await errorOf(poll(app, code))).toEqual({ status: 400, error: 'expired_token' });
  });

  test.each(['invented', '', 'x'.repeat(5000)])('an unknown device code (%#): refused', async (code) => {
    const { status, error } = await errorOf(poll(await aDeviceApp(), code));
    expect(status).toBe(400);
    expect(['invalid_grant', 'invalid_request']).toContain(error);
  });

  test('another client cannot use it', async () => {
    const [mine, theirs] = [await aDeviceApp(), await aDeviceApp()];
    const { device_code: code, user_code: shown } = (await begin(mine)).body;
    await decideDeviceRequest(await aPerson(db), shown, everything);
    expect((await errorOf(poll(theirs, code))).error).toBe('invalid_grant');
    expect((await poll(mine, code)).status).toBe(200);
  });

  test('a token for a resource that the device named', async () => {
    const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
    const uri = 'https://tv.example/api';
    await createResource(operator, { uri, name: 'TV', scopes: ['read', 'write'] });
    const app = await aDeviceApp();
    const { device_code: code, user_code: shown } = (await begin(app, { scope: 'read', resource: uri })).body;
    await decideDeviceRequest(await aPerson(db), shown, everything);
    const { access_token: token } = (await poll(app, code)).body;
    const [row] = await db
      .select({ aud: sql`${artifacts.payload} ->> 'aud'`, scope: sql`${artifacts.payload} ->> 'scope'` })
      .from(artifacts)
      .where(sql`${artifacts.clientId} = ${app.clientId} and ${artifacts.kind} = 'AccessToken'`);
    expect({ token: token.slice(0, 7), row }).toEqual({ token: 'clt_at_', row: { aud: uri, scope: 'read' } });
  });
});

describe('who may begin', () => {
  test('a confidential client with its secret, and not without it', async () => {
    const app = await aDeviceApp({ tokenEndpointAuthMethod: 'client_secret_basic' });
    expect((await begin(app)).status).toBe(200);
    expect((await begin({ ...app, secret: '' })).body.error).toBe('invalid_client');
    const either = await aDeviceApp({ tokenEndpointAuthMethod: 'client_secret_post', secretOptional: true });
    expect((await begin(either)).status).toBe(200);
    expect((await begin({ ...either, secret: '' })).status).toBe(400);
  });

  test.each([
    ['not registered for it', { grantTypes: ['refresh_token' as const] }, {}, 400],
    ['with a scope that is not registered', {}, { scope: 'admin' }, 400],
    ['with a resource that is not there', {}, { resource: 'https://nowhere.example/' }, 400],
    ['disabled', { status: 'disabled' as const }, {}, 401],
  ])('%s: refused', async (_title, values, form, status) => {
    expect((await begin(await aDeviceApp(values), form as Record<string, string>)).status).toBe(status);
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s /oauth/device: 405', async (method) => {
    expect((await fetch(`${origin}/oauth/device`, { method })).status).toBe(405);
  });
});

describe('the person’s side', () => {
  test('nobody answers without signing in', async () => {
    const { user_code: shown } = (await begin(await aDeviceApp())).body;
    await expect(getDeviceRequest(stranger(db), shown)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test.each(['', 'BCDF', 'BCDF-GHJK-L', 'AEIO-UAEI', 'BCDF-GHJ\u0000', '💡'.repeat(4), 'x'.repeat(100_000)])(
    'an invalid code (%#) is not found',
    async (typed) => {
      await expect(getDeviceRequest(await aPerson(db), typed)).rejects.toMatchObject({ code: 'not_found' });
    },
  );

  test('rule A17: after too many codes also a right one must wait', async () => {
    const { user_code: shown } = (await begin(await aDeviceApp())).body;
    const person = { ...(await aPerson(db)), network: '192.0.2.200' };
    const now = new Date();
    const key = `device-code:user:${person.actor.userId}`;
    await db.insert(rateLimits).values({ key, count: 30_000, resetsAt: new Date(now.getTime() + 60_000) });
    await expect(getDeviceRequest(person, shown)).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: expect.any(Number),
    });
  });

  test('an answer to a question that named another account does not count, and the device goes on waiting', async () => {
    const app = await aDeviceApp();
    const { device_code: code, user_code: shown } = (await begin(app)).body;
    const [asked, other] = [await aPerson(db), await aPerson(db)];
    const shownTo = asked.actor.userId;
    for (const decision of [everything, { allow: false } as const])
      await expect(decideDeviceRequest(other, shown, { ...decision, shownTo })).rejects.toMatchObject({
        code: 'conflict',
      });
    expect(await db.$count(grants, eq(grants.clientId, app.clientId))).toBe(0);
    expect((await poll(app, code)).body.error).toBe('authorization_pending');
    await decideDeviceRequest(asked, shown, { ...everything, shownTo });
    expect(await db.select().from(grants).where(eq(grants.clientId, app.clientId))).toMatchObject([
      { userId: shownTo },
    ]);
  });

  test('of two answers at once one counts', async () => {
    const app = await aDeviceApp();
    const { user_code: shown } = (await begin(app)).body;
    const people = await Promise.all([1, 2, 3, 4].map(() => aPerson(db)));
    const answers = await Promise.allSettled(people.map((one) => decideDeviceRequest(one, shown, everything)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    // What the others allowed is not kept either.
    expect(await db.$count(grants, eq(grants.clientId, app.clientId))).toBe(1);
  });

  test('optional scopes are given only if they are chosen', async () => {
    const app = await aDeviceApp({ optionalScopes: ['write'] });
    const answered = async (wanted: string[]) => {
      const { device_code: code, user_code: shown } = (await begin(app, { scope: 'read write' })).body;
      await decideDeviceRequest(await aPerson(db), shown, { ...everything, wanted });
      return (await poll(app, code)).body.scope;
    };
    expect(await answered([])).toBe('read');
    expect(await answered(['write'])).toBe('read write');
  });

  test('an app for members of its organization is for nobody else', async () => {
    const app = await aDeviceApp({ openToOtherOrganizations: false });
    const { user_code: shown } = (await begin(app)).body;
    const outsider = (await anOwner(db)).owner;
    expect(await getDeviceRequest(outsider, shown)).toMatchObject({ mayUse: false });
    await expect(decideDeviceRequest(outsider, shown, everything)).rejects.toMatchObject({ code: 'forbidden' });
    await decideDeviceRequest(app.owner, shown, { ...everything, organizationId: app.organizationId });
  });

  test('the end of the client ends its pending request', async () => {
    const app = await aDeviceApp();
    const { device_code: code, user_code: shown } = (await begin(app)).body;
    await disableClient(app.owner, app.clientId);
    await expect(getDeviceRequest(await aPerson(db), shown)).rejects.toMatchObject({ code: 'not_found' });
    expect((await poll(app, code)).status).toBe(401);
  });
});

describe('the form on the page for a code', () => {
  const send = (agent: Agent, form: Record<string, string>, { headers = { origin }, query = '' }: Sent = {}) =>
    agent.go(`/device/answer${query}`, { method: 'POST', body: new URLSearchParams(form), headers });
  type Sent = { headers?: Record<string, string>; query?: string };

  async function aScene(values: Parameters<typeof aDeviceApp>[0] = {}) {
    const app = await aDeviceApp(values);
    const { body } = await begin(app, { scope: 'openid read' });
    const agent = await aPersonsAgent();
    const form = { user_code: body.user_code, account: agent.person.actor.userId };
    const polled = async () => {
      await letTimePass();
      return errorOf(poll(app, body.device_code));
    };
    return { app, agent, form, polled };
  }
  const pending = { status: 400, error: 'authorization_pending' };

  test('allows, by a 303 to the page that confirms it, in the chosen language', async () => {
    const { agent, form, polled } = await aScene();
    const answer = await send(agent, { ...form, decision: 'allow' }, { query: '?lang=it' });
    expect([answer.status, locationOf(answer)]).toEqual([303, `${origin}/device?done=allowed&lang=it`]);
    expect(await polled()).toMatchObject({ status: 200 });
  });

  test('cancels, signed in or not', async () => {
    const { agent, form, polled } = await aScene();
    expect(locationOf(await send(agent, { ...form, decision: 'cancel' }))).toBe(`${origin}/device?done=cancelled`);
    expect(await polled()).toEqual({ status: 400, error: 'access_denied' });
    const another = await aScene();
    const { user_code } = another.form;
    const answer = await send(await anAgent(), { user_code, decision: 'cancel' });
    expect([answer.status, locationOf(answer)]).toEqual([303, `${origin}/device?done=cancelled`]);
    expect(await another.polled()).toEqual({ status: 400, error: 'access_denied' });
  });

  test('counts once: the second answer leads back to the page', async () => {
    const { agent, form, polled } = await aScene();
    await send(agent, { ...form, decision: 'cancel' });
    const second = await send(agent, { ...form, decision: 'allow' });
    expect(locationOf(second)).toBe(`${origin}/device?user_code=${form.user_code}`);
    expect(await polled()).toEqual({ status: 400, error: 'access_denied' });
    const { user_code } = form;
    const again = await send(await anAgent(), { user_code, decision: 'cancel' });
    expect(locationOf(again)).toBe(`${origin}/device?user_code=${user_code}&problem=unknown`);
  });

  test('of another site is refused', async () => {
    const { agent, form, polled } = await aScene();
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}] as Record<string, string>[])
      for (const decision of ['allow', 'cancel']) {
        const answer = await send(agent, { ...form, decision }, { headers });
        expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
      }
    expect(await polled()).toEqual(pending);
  });

  test('of somebody who is not signed in leads to sign-in, and of another account to the question', async () => {
    const { form, polled } = await aScene();
    for (const decision of ['allow', 'cancel', '']) {
      const signIn = new URL(locationOf(await send(await anAgent(), { ...form, decision }, { query: '?lang=pl' })));
      expect(signIn.pathname).toBe('/sign-in');
      expect(signIn.searchParams.get('callbackUrl')).toBe(`/device?user_code=${form.user_code}&lang=pl`);
    }
    const other = await aPersonsAgent();
    for (const decision of ['allow', 'cancel'])
      expect(locationOf(await send(other, { ...form, decision }))).toBe(`${origin}/device?user_code=${form.user_code}`);
    expect(await polled()).toEqual(pending);
  });

  test('without a decision, or with one and no account, allows nothing', async () => {
    const { agent, form, polled } = await aScene();
    const { user_code } = form;
    for (const wrong of [form, { ...form, decision: '' }, { user_code }, { user_code, decision: 'allow' }])
      expect((await send(agent, wrong)).status).toBe(400);
    expect(await polled()).toEqual(pending);
  });

  test('that allows nothing of what is all optional leads to the choices', async () => {
    const { agent, form, polled } = await aScene({ optionalScopes: ['openid', 'read'] });
    const answer = await send(agent, { ...form, decision: 'allow' });
    expect(locationOf(answer)).toBe(`${origin}/device?user_code=${form.user_code}&choose=1`);
    await send(agent, { ...form, decision: 'allow', 'scope read': 'on' });
    expect(await polled()).toMatchObject({ status: 200 });
  });

  test('is a POST and nothing else; pages are at the path above it', async () => {
    const agent = await anAgent();
    expect((await agent.go('/device/answer')).status).toBe(405);
    expect((await agent.go('/device')).headers.get('x-page')).toBe('/device');
  });
});
