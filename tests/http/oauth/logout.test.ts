import { text } from 'node:stream/consumers';
import { eq, isNotNull } from 'drizzle-orm';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { logoutNotices } from '#db/schema/logout-notice';
import { signingKeys } from '#db/schema/signing-key';
import { sessions, users } from '#db/schema/user';
import { deliverLogoutNotices } from '#lib/logout-notices/index';
import { endSessionPurpose, openNote } from '#lib/portal/session-cookie';
import { endOtherSessions, endOwnSession } from '#lib/sessions/index';
import { rotateSigningKeys } from '#lib/signing-keys/index';
import { changePassword, hashPassword } from '#lib/users/index';
import type { Someone } from '#support/actors';
import {
  anAgent,
  aPersonsAgent,
  authorizationUrl,
  aWebApp,
  callback,
  locationOf,
  pkce,
  refresh,
  tokensOf,
  userinfo,
} from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { introspect } from '#support/oauth';
import { startSecureCanary } from '#support/secure-canary';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

const told: string[] = [];
let status = 200;
const app = await startSecureCanary(async (request, response) => {
  told.push(new URLSearchParams(await text(request)).get('logout_token') ?? '');
  response.writeHead(status).end();
});
afterAll(() => app.stop());
beforeEach(async () => {
  await db.delete(logoutNotices);
  told.length = 0;
  status = 200;
});

const anAppThatIsTold = () =>
  aWebApp({ backchannelLogoutUri: `${app.origin}/logout`, backchannelLogoutSessionRequired: true });
const asSession = ({ person, sessionId }: Awaited<ReturnType<typeof aPersonsAgent>>): Someone => ({
  ...person,
  actor: { ...person.actor, sessionId: sessionId ?? '' },
});

describe('the end of a session', () => {
  test('ends what lives as long as it, and leaves what a person allowed while they are away', async () => {
    const client = await aWebApp();
    const agent = await aPersonsAgent();
    const bound = await tokensOf(agent, client);
    const offline = await tokensOf(agent, client, { scope: 'openid offline_access read', prompt: 'consent' });
    const plain = await tokensOf(agent, client, { scope: 'read' });
    await endOwnSession(asSession(agent));
    expect(await introspect(client, bound.access_token)).toEqual({ active: false });
    expect((await refresh(client, bound.refresh_token ?? '')).body.error).toBe('invalid_grant');
    for (const tokens of [offline, plain]) {
      expect(await introspect(client, tokens.access_token)).toMatchObject({ active: true });
      expect((await refresh(client, tokens.refresh_token ?? '')).status).toBe(200);
    }
  });

  test('by its expiry ends the same, without a sign-out', async () => {
    const client = await aWebApp();
    const agent = await aPersonsAgent();
    const bound = await tokensOf(agent, client);
    const offline = await tokensOf(agent, client, { scope: 'openid offline_access read', prompt: 'consent' });
    const over = { expiresAt: new Date(Date.now() - 1) };
    await db
      .update(sessions)
      .set(over)
      .where(eq(sessions.id, agent.sessionId ?? ''));
    expect(await introspect(client, bound.access_token)).toEqual({ active: false });
    expect((await refresh(client, bound.refresh_token ?? '')).body.error).toBe('invalid_grant');
    expect(await introspect(client, offline.access_token)).toMatchObject({ active: true });
  });

  test('is told to the apps that were used with it, over https, by a token that only this server signs', async () => {
    const client = await anAppThatIsTold();
    const agent = await aPersonsAgent();
    const { id_token } = await tokensOf(agent, client);
    await endOwnSession(asSession(agent));
    await expect.poll(() => told).toHaveLength(1);
    const keys = await (await fetch(`${origin}/oauth/jwks`)).json();
    const { payload, protectedHeader } = await jwtVerify(told[0] ?? '', createLocalJWKSet(keys), {
      issuer: origin,
      audience: client.clientId,
    });
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'logout+jwt' });
    expect(payload).toMatchObject({
      sub: agent.person.actor.userId,
      sid: decodeJwt(id_token ?? '').sid,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
    expect(payload.nonce).toBeUndefined();
    await expect.poll(() => db.select().from(logoutNotices)).toEqual([]);
  });

  test('by another browser as well; not that of a session in which nobody signed in to the app', async () => {
    const client = await anAppThatIsTold();
    const agent = await aPersonsAgent();
    await tokensOf(agent, client);
    const elsewhere = await agent.signIn(agent.person);
    await endOtherSessions({ ...agent.person, actor: { ...agent.person.actor, sessionId: elsewhere } });
    await expect.poll(() => told).toHaveLength(1);
  });

  test('is told to every app, also of those that a browser opened at the same moment, by the name that each was given', async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, anAppThatIsTold));
    const before = await aPersonsAgent();
    for (const client of clients) await tokensOf(before, client);
    const agent = await anAgent(before.person);
    const opened = await Promise.all([...clients, ...clients].map((client) => tokensOf(agent, client)));
    const named = (tokens: readonly (string | undefined)[]) =>
      [...new Set(tokens.map((token) => decodeJwt(token ?? '')).map(({ aud, sid }) => `${aud} ${sid}`))].sort();
    await endOwnSession(asSession({ ...before, ...agent }));
    await expect.poll(() => told).toHaveLength(5);
    expect(named(told)).toEqual(named(opened.map(({ id_token }) => id_token)));
  });

  test('is told again later to an app that does not answer, and three times at most', async () => {
    status = 500;
    const client = await anAppThatIsTold();
    const agent = await aPersonsAgent();
    await tokensOf(agent, client);
    await endOwnSession(asSession(agent));
    for (const attempts of [1, 2, 3]) {
      const isPutOff = async () => {
        const [notice] = await db.select().from(logoutNotices);
        return notice?.attempts === attempts && notice.nextAt.getTime() > Date.now() + 30_000;
      };
      await expect.poll(isPutOff).toBe(true);
      await db.update(logoutNotices).set({ nextAt: new Date(0) });
      await deliverLogoutNotices(db);
    }
    expect(await db.select().from(logoutNotices)).toEqual([]);
    expect(told).toHaveLength(4);
  });
});

test('a new sign-in, as an app may request, ends no tokens of apps', async () => {
  const client = await anAppThatIsTold();
  const agent = await aPersonsAgent();
  const tokens = await tokensOf(agent, client);
  const again = await agent.signIn(asSession(agent));
  expect(again).not.toBe(agent.sessionId);
  expect(await introspect(client, tokens.access_token)).toMatchObject({ active: true });
  const renewed = await refresh(client, tokens.refresh_token ?? '');
  expect(renewed.status).toBe(200);
  await endOwnSession({ ...agent.person, actor: { ...agent.person.actor, sessionId: again } });
  expect(await introspect(client, renewed.body.access_token)).toEqual({ active: false });
  await expect.poll(() => told).toHaveLength(1);
});

describe('a new password', () => {
  const current = 'correct horse battery';
  async function aPersonWithPassword() {
    const agent = await aPersonsAgent();
    const passwordHash = await hashPassword(current);
    await db.update(users).set({ passwordHash }).where(eq(users.id, agent.person.actor.userId));
    return agent;
  }

  test.each([
    ['leaves what apps were given in this browser', false, true],
    ['with “sign out everywhere” ends every token of every app', true, false],
  ])('%s', async (_title, everywhere, active) => {
    const client = await aWebApp();
    const agent = await aPersonWithPassword();
    const tokens = await tokensOf(agent, client);
    const offline = await tokensOf(agent, client, { scope: 'read' });
    await changePassword(asSession(agent), {
      currentPassword: current,
      newPassword: 'another horse battery',
      everywhere,
    });
    for (const { access_token } of [tokens, offline])
      expect(await introspect(client, access_token)).toMatchObject({ active });
    expect((await refresh(client, offline.refresh_token ?? '')).status).toBe(active ? 200 : 400);
    // What was allowed stays allowed, and the person is still signed in here.
    expect(
      locationOf(
        await agent.go(
          authorizationUrl(client, {
            code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
            code_challenge_method: 'S256',
          }),
        ),
      ),
    ).toContain('code=');
  });
});

describe('an app asks that the person be signed out', () => {
  const after = 'https://app.example.com/bye';
  const anApp = () => aWebApp({ postLogoutRedirectUris: [after] });
  const address = (parameters: Record<string, string>) => `/oauth/end-session?${new URLSearchParams(parameters)}`;
  const noteOf = async (agent: Awaited<ReturnType<typeof aPersonsAgent>>, parameters: Record<string, string>) =>
    (await openNote(pageOf(await agent.go(address(parameters))).searchParams.get('note') ?? '', endSessionPurpose)) ??
    {};
  const pageOf = (answer: Response) => new URL(answer.headers.get('x-page') ?? '', origin);

  async function signOut(
    agent: Awaited<ReturnType<typeof aPersonsAgent>>,
    parameters: Record<string, string>,
    decision: string,
  ) {
    const note = pageOf(await agent.go(address(parameters))).searchParams.get('note') ?? '';
    return agent.go('/oauth/end-session/answer', {
      method: 'POST',
      body: new URLSearchParams({ note, decision }),
      headers: { origin },
    });
  }

  test('the person is asked; a yes ends the portal’s session, and leads back with the state', async () => {
    const client = await anApp();
    const agent = await aPersonsAgent();
    const { id_token = '', access_token } = await tokensOf(agent, client);
    const asked = { id_token_hint: id_token, post_logout_redirect_uri: after, state: 'a-state' };
    const answer = await signOut(agent, asked, 'leave');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${after}?state=a-state`]);
    expect(locationOf(await agent.go(authorizationUrl(client, { prompt: 'none' })))).toContain('error=');
    expect((await userinfo(access_token)).status).toBe(401);
  });

  test('a no ends nothing, and leads back as well', async () => {
    const client = await anApp();
    const agent = await aPersonsAgent();
    const { access_token } = await tokensOf(agent, client);
    const asked = { client_id: client.clientId, post_logout_redirect_uri: after };
    const answer = await signOut(agent, asked, 'stay');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, after]);
    expect((await userinfo(access_token)).status).toBe(200);
  });

  test('nobody is sent anywhere by an app that does not say who it is, or to an address that is not registered', async () => {
    const client = await anApp();
    const agent = await aPersonsAgent();
    const { id_token = '' } = await tokensOf(agent, client);
    const anonymous = await signOut(agent, { post_logout_redirect_uri: after }, 'stay');
    expect(anonymous.headers.get('location')).toBe(`${origin}/`);
    const changed = `${id_token.slice(0, -4)}AAAA`;
    const wrong: Record<string, string>[] = [
      { client_id: client.clientId, post_logout_redirect_uri: `${after}?x=1` },
      { client_id: client.clientId, post_logout_redirect_uri: callback },
      { id_token_hint: id_token, post_logout_redirect_uri: callback, state: 'a-state' },
      { id_token_hint: changed, post_logout_redirect_uri: after },
      { id_token_hint: changed, client_id: client.clientId, post_logout_redirect_uri: after },
      { id_token_hint: 'nonsense' },
      { id_token_hint: id_token, client_id: (await anApp()).clientId, post_logout_redirect_uri: after },
      { client_id: 'nobody', post_logout_redirect_uri: after },
    ];
    for (const parameters of wrong) {
      expect(await noteOf(agent, parameters)).toMatchObject({ refused: 'true' });
      expect(await noteOf(agent, parameters)).not.toHaveProperty('leadsTo');
      expect((await signOut(agent, parameters, 'stay')).headers.get('location')).toBe(`${origin}/`);
      const leaving = await aPersonsAgent();
      const left = await signOut(leaving, parameters, 'leave');
      expect({ page: left.headers.get('x-page'), location: left.headers.get('location') }).toEqual({
        page: '/sign-out',
        location: null,
      });
      const silent = { prompt: 'none', code_challenge: pkce().challenge, code_challenge_method: 'S256' };
      expect(locationOf(await leaving.go(authorizationUrl(client, silent)))).toContain('login_required');
    }
  });

  test('only an ID token names the app to the person: a client_id in a link proves nothing', async () => {
    const client = await anApp();
    const agent = await aPersonsAgent();
    const { id_token = '' } = await tokensOf(agent, client);
    const asked = { post_logout_redirect_uri: after };
    expect(await noteOf(agent, { ...asked, client_id: client.clientId })).not.toHaveProperty('clientId');
    expect(await noteOf(agent, { ...asked, id_token_hint: id_token })).toMatchObject({
      clientId: client.clientId,
      leadsTo: after,
    });
  });

  test('another site cannot answer, also not with its own note', async () => {
    const agent = await aPersonsAgent();
    const body = () => new URLSearchParams({ note: 'x', decision: 'leave' });
    const post = (headers: Record<string, string>) =>
      agent.go('/oauth/end-session/answer', { method: 'POST', body: body(), headers });
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    const forged = await agent.go('/oauth/end-session/answer', {
      method: 'POST',
      body: new URLSearchParams({ note: JSON.stringify({ leadsTo: 'https://evil.example' }), decision: 'stay' }),
      headers: { origin },
    });
    expect(forged.headers.get('location')).toBe(`${origin}/`);
  });

  test('an ID token that has expired still counts; one whose key is no longer published is only not used', async () => {
    const client = await anApp();
    const agent = await aPersonsAgent();
    const { id_token = '' } = await tokensOf(agent, client);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 60 * 60_000 });
    const expired = await noteOf(agent, { id_token_hint: id_token, post_logout_redirect_uri: after });
    vi.useRealTimers();
    expect(expired).toMatchObject({ clientId: client.clientId, leadsTo: after });
    await rotateSigningKeys(agent.person);
    await db
      .update(signingKeys)
      .set({ publishedUntil: new Date(0) })
      .where(isNotNull(signingKeys.publishedUntil));
    expect(await noteOf(agent, { id_token_hint: id_token, post_logout_redirect_uri: after })).toMatchObject({
      refused: 'true',
    });
  });
});
