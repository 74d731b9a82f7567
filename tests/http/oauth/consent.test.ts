import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { domains } from '#db/schema/domain';
import { members } from '#db/schema/organization';
import { registrations } from '#db/schema/registration';
import { anOwner } from '#support/actors';
import {
  anAgent,
  aPersonsAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  callback,
  decide,
  locationOf,
  redeem,
  refresh,
  tokensOf,
} from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { push } from '#support/pushing';

const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
const page = async (agent: Awaited<ReturnType<typeof anAgent>>, app: { clientId: string }, changes = {}) =>
  locationOf(await agent.go(authorizationUrl(app, { ...pkce, ...changes })));
const isConsent = (address: string) => address.startsWith(`${origin}/consent/`);

describe('an earlier grant', () => {
  test('replaces the consent page for a confidential https client', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    await authorize(agent, app, pkce);
    expect(await page(agent, app)).toMatch(new RegExp(`^${callback}\\?code=`));
  });

  test('asks again for what it does not cover', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    await authorize(agent, app, pkce);
    expect(await page(agent, app, { scope: 'openid profile read write' })).toSatisfy(isConsent);
  });

  test.each([
    ['a public client', { tokenEndpointAuthMethod: 'none' as const }],
    ['a client that may leave its secret out', { secretOptional: true }],
  ])('rule A3: never replaces the page for %s', async (_title, values) => {
    const app = await aWebApp(values);
    const agent = await aPersonsAgent();
    await authorize(agent, app, pkce);
    expect(await page(agent, app)).toSatisfy(isConsent);
    const silent = new URL(await page(agent, app, { prompt: 'none' })).searchParams;
    expect(silent.get('error')).toBe('consent_required');
  });

  test.each([
    ['a program on a device, by its address', 'http://127.0.0.1/callback'],
    ['an app on a device, by a scheme', 'com.example.app:/callback'],
  ])(
    'rule A3: never replaces the page for a client with a secret that redirects to %s',
    async (_title, redirect_uri) => {
      const app = await aWebApp({ applicationType: 'native', redirectUris: [redirect_uri] });
      const agent = await aPersonsAgent();
      await decide(agent, await page(agent, app, { redirect_uri }), 'allow');
      expect(await page(agent, app, { redirect_uri })).toSatisfy(isConsent);
    },
  );

  test('rule P3: never replaces the page for a self-registered app, though it is confidential and uses https', async () => {
    const app = await aWebApp();
    await db.insert(registrations).values({ clientId: app.clientId, open: true, hash: randomUUID(), pepperId: 'test' });
    const agent = await aPersonsAgent();
    await authorize(agent, app, pkce);
    expect(await page(agent, app)).toSatisfy(isConsent);
    const silent = new URL(await page(agent, app, { prompt: 'none' })).searchParams;
    expect(silent.get('error')).toBe('consent_required');
    expect(silent.has('code')).toBe(false);
  });

  test('counts for its person only', async () => {
    const app = await aWebApp();
    await authorize(await aPersonsAgent(), app, pkce);
    expect(await page(await aPersonsAgent(), app)).toSatisfy(isConsent);
  });

  test('without one, and nobody to ask: consent_required; nobody signed in: login_required', async () => {
    const app = await aWebApp();
    const answer = async (agent: Awaited<ReturnType<typeof anAgent>>) =>
      Object.fromEntries(new URL(await page(agent, app, { prompt: 'none' })).searchParams);
    expect(await answer(await aPersonsAgent())).toMatchObject({
      error: 'consent_required',
      state: 'a-state',
      iss: origin,
    });
    expect(await answer(await anAgent())).toMatchObject({ error: 'login_required', state: 'a-state', iss: origin });
  });
});

describe('rule A1: without PKCE there is no page and no code', () => {
  const kinds: [string, Parameters<typeof aWebApp>[0]][] = [
    ['a public client', { tokenEndpointAuthMethod: 'none' }],
    ['a program on a device that has a secret', { applicationType: 'native', requirePkce: false }],
    ['a confidential client that is registered for it', { requirePkce: true }],
  ];
  const ways: [string, Record<string, string | undefined>][] = [
    ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['a method alone', { code_challenge: undefined }],
    ['an empty challenge', { code_challenge: '' }],
    ['plain', { code_challenge_method: 'plain' }],
    ['no method, which means plain', { code_challenge_method: undefined }],
    ['a method of nobody', { code_challenge_method: 'S512' }],
    ['a challenge that is too short', { code_challenge: 'x'.repeat(42) }],
  ];
  test.each(kinds.flatMap(([kind, values]) => ways.map(([way, changes]) => [kind, way, values, changes] as const)))(
    '%s with %s is refused, by the browser and pushed, also after a standing consent',
    async (_kind, _way, values, changes) => {
      const app = await aWebApp(values);
      const agent = await aPersonsAgent();
      await authorize(agent, app, pkce);
      const told = new URL(await page(agent, app, changes));
      expect(`${told.origin}${told.pathname}`).toBe(callback);
      expect(told.searchParams.get('error')).toBe('invalid_request');
      expect(told.searchParams.has('code')).toBe(false);
      const pushed = await push(app, changes);
      expect([pushed.status, pushed.body.error]).toEqual([400, 'invalid_request']);
    },
  );
});

test('rule R14: a request must name its redirect URI, also if only one is registered', async () => {
  const app = await aWebApp();
  const agent = await aPersonsAgent();
  await authorize(agent, app, pkce);
  for (const redirect_uri of [undefined, '']) {
    const answer = await agent.go(authorizationUrl(app, { ...pkce, redirect_uri }));
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.headers.get('x-page')).toMatch(/^\/refused\//);
    const pushed = await push(app, { redirect_uri });
    expect([pushed.status, pushed.body.error]).toEqual([400, 'invalid_request']);
  }
});

describe('the answer', () => {
  test('Cancel redirects with access_denied, and gives nothing', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const answer = new URL(await decide(agent, await page(agent, app), 'cancel')).searchParams;
    expect(Object.fromEntries(answer)).toMatchObject({ error: 'access_denied', state: 'a-state', iss: origin });
    expect(await page(agent, app)).toSatisfy(isConsent);
  });

  test('Cancel works before the sign-in, and the app is informed', async () => {
    const app = await aWebApp();
    const agent = await anAgent();
    const answer = new URL(await decide(agent, await page(agent, app), 'cancel')).searchParams;
    expect(Object.fromEntries(answer)).toMatchObject({ error: 'access_denied', state: 'a-state', iss: origin });
  });

  test('Cancel before the sign-in works only in the browser of the request, from its page', async () => {
    const app = await aWebApp();
    const agent = await anAgent();
    const { pathname } = new URL(await page(agent, app));
    const cancel = (by: typeof agent, headers: Record<string, string>) =>
      by.go(`${pathname}/answer`, { method: 'POST', body: new URLSearchParams({ decision: 'cancel' }), headers });
    expect((await cancel(await anAgent(), { origin })).headers.get('x-page')).toBe(pathname);
    expect((await cancel(agent, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await cancel(agent, { origin })).status).toBe(303);
  });

  test('Allow without a choice among optional scopes shows the page again, and the next answer counts', async () => {
    const app = await aWebApp({ optionalScopes: ['read', 'write'] });
    const agent = await aPersonsAgent();
    const asked = await page(agent, app, { scope: 'read write' });
    const { pathname } = new URL(asked);
    const allow = (form: Record<string, string>) =>
      agent.go(`${pathname}/answer?lang=it`, {
        method: 'POST',
        body: new URLSearchParams({ decision: 'allow', ...form }),
        headers: { origin },
      });
    const again = await allow({});
    expect([again.status, locationOf(again)]).toEqual([303, `${origin}${pathname}?choose=1&lang=it`]);
    const given = new URL(locationOf(await agent.go(locationOf(await allow({ 'scope write': 'on' })))));
    expect(given.searchParams.get('code')).toBeTruthy();
    expect(await page(agent, app, { scope: 'write' })).not.toSatisfy(isConsent);
  });

  test('declined scopes are not given, and not requested again', async () => {
    const app = await aWebApp({ optionalScopes: ['write'] });
    const agent = await aPersonsAgent();
    const scope = 'openid read write';
    const given = await tokensOf(agent, app, { scope });
    expect(given.scope).toBe('openid read');
    expect(await page(agent, app, { scope })).not.toSatisfy(isConsent);
  });

  test('chosen scopes are given', async () => {
    const app = await aWebApp({ optionalScopes: ['write'] });
    const agent = await aPersonsAgent();
    const changes = { ...pkce, scope: 'openid read write' };
    const answer = new URL(await decide(agent, await page(agent, app, changes), 'allow', { 'scope write': 'on' }));
    const { body } = await redeem(app, answer.searchParams.get('code') ?? '', {
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    });
    expect(body.scope).toBe('openid read write');
  });

  test('another site cannot answer', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const { pathname } = new URL(await page(agent, app));
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}] as Record<string, string>[]) {
      const body = new URLSearchParams({ decision: 'allow' });
      expect((await agent.go(`${pathname}/answer`, { method: 'POST', body, headers })).status).toBe(403);
    }
  });

  test('counts once', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const waiting = await page(agent, app);
    await decide(agent, waiting, 'allow');
    const { pathname } = new URL(waiting);
    const body = new URLSearchParams({ decision: 'allow' });
    const again = await agent.go(`${pathname}/answer`, { method: 'POST', body, headers: { origin } });
    expect(again.headers.get('x-page')).toBe(pathname);
  });

  test('must name an organization of the person', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const { pathname } = new URL(await page(agent, app));
    const body = new URLSearchParams({ decision: 'allow', organization: app.organizationId });
    const answer = await agent.go(`${pathname}/answer`, { method: 'POST', body, headers: { origin } });
    expect(answer.headers.get('x-page')).toBe(pathname);
  });
});

describe('who answers', () => {
  test('nobody signed in: signs in, and is asked', async () => {
    const app = await aWebApp();
    const agent = await anAgent();
    const { pathname } = new URL(await page(agent, app));
    const { person } = await aPersonsAgent();
    await agent.signIn(person);
    const resumed = locationOf(await agent.go(`${pathname}/continue`));
    const asked = locationOf(await agent.go(resumed));
    expect(asked).toSatisfy(isConsent);
    expect(await decide(agent, asked, 'allow')).toContain('code=');
  });

  test('another account is asked itself', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const { pathname } = new URL(await page(agent, app));
    const { person } = await aPersonsAgent();
    await agent.signIn(person);
    const asked = locationOf(await agent.go(locationOf(await agent.go(`${pathname}/continue`))));
    expect(asked).toSatisfy(isConsent);
    expect(new URL(asked).pathname).not.toBe(pathname);
    expect(await decide(agent, asked, 'allow')).toContain('code=');
  });

  test('prompt=login: not before having signed in again, and then not twice', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const { pathname } = new URL(await page(agent, app, { prompt: 'login' }));
    expect(locationOf(await agent.go(`${pathname}/continue`))).toBe(origin + pathname);
    await agent.signIn(agent.person);
    const asked = locationOf(await agent.go(locationOf(await agent.go(`${pathname}/continue`))));
    expect(await decide(agent, asked, 'allow')).toContain('code=');
  });

  test('rule organizations: an app for the members of its organization is for them only', async () => {
    const app = await aWebApp({ openToOtherOrganizations: false });
    const { organizationId: other } = await anOwner(db);
    const agent = await aPersonsAgent({ roles: { [other]: 'owner' } });
    const waiting = await page(agent, app);
    const { pathname } = new URL(waiting);
    const allow = () =>
      agent.go(`${pathname}/answer`, {
        method: 'POST',
        body: new URLSearchParams({ decision: 'allow' }),
        headers: { origin },
      });
    expect((await allow()).headers.get('x-page')).toBe(pathname);
    const { userId } = agent.person.actor;
    await db.insert(members).values({ organizationId: app.organizationId, userId, role: 'viewer' });
    const tokens = await tokensOf(agent, app);
    await db.delete(members);
    expect((await refresh(app, tokens.refresh_token ?? '')).body.error).toBe('invalid_grant');
  });
});

test('a public client with a redirect URI under another organization’s domain is always asked for', async () => {
  const app = await aWebApp({ tokenEndpointAuthMethod: 'none', redirectUris: ['https://app.example.net/callback'] });
  const { organizationId } = await anOwner(db);
  await db
    .insert(domains)
    .values({ domain: 'example.net', organizationId, method: 'operator', verifiedAt: new Date() });
  const agent = await aPersonsAgent();
  const asked = { redirect_uri: 'https://app.example.net/callback' };
  expect(await decide(agent, await page(agent, app, asked), 'allow')).toContain('code=');
  expect(await page(agent, app, asked)).toSatisfy(isConsent);
});

test('a public client is let through for a redirect URI under its verified domain, not for its other one', async () => {
  const elsewhere = 'https://elsewhere.example.org/callback';
  const app = await aWebApp({ tokenEndpointAuthMethod: 'none', redirectUris: [callback, elsewhere] });
  await db
    .insert(domains)
    .values({ domain: 'example.com', organizationId: app.organizationId, method: 'operator', verifiedAt: new Date() });
  const agent = await aPersonsAgent();
  await authorize(agent, app, pkce);
  expect(await page(agent, app)).not.toSatisfy(isConsent);
  expect(await page(agent, app, { redirect_uri: elsewhere })).toSatisfy(isConsent);
});
