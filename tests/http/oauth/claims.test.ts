import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { findConsentRequest } from '#lib/authorization-server/interaction';
import { findOwnGrantTo, revokeScopes } from '#lib/grants/index';
import {
  anAgent,
  aPersonsAgent,
  authorizationUrl,
  aWebApp,
  decide,
  locationOf,
  redeem,
  refresh,
  tokensOf,
  userinfo,
} from '#support/authorizing';
import { origin } from '#support/listening';

const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
const code_verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const claims = JSON.stringify({ userinfo: { email: { essential: true } }, id_token: { name: null } });

type Agent = Awaited<ReturnType<typeof aPersonsAgent>>;
type App = Awaited<ReturnType<typeof aWebApp>>;

const ask = async (agent: Agent, app: App) =>
  locationOf(await agent.go(authorizationUrl(app, { ...pkce, scope: 'openid', claims })));

async function given(app: App, answered: string) {
  const code = new URL(answered).searchParams.get('code') ?? '';
  const { body } = await redeem(app, code, { code_verifier });
  return {
    ...(await userinfo(body.access_token)).body,
    named: decodeJwt(body.id_token).name,
    token: body.access_token,
  };
}

const cookies = (agent: Agent) => [...agent.jar].map(([name, { value }]) => `${name}=${value}`).join('; ');

/** The scopes that the page says in words. */
async function shown(agent: Agent, page: string) {
  const request = await findConsentRequest(
    agent.person,
    new URL(page).pathname.slice('/consent/'.length),
    cookies(agent),
  );
  return request?.scopes.map(({ name }) => name);
}

describe('claims that are asked for by name (OpenID Connect Core §5.5)', () => {
  test('are shown as their scopes, and given', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent({ name: 'Ada Lovelace' });
    const page = await ask(agent, app);
    expect(await shown(agent, page)).toEqual(['openid', 'profile', 'email']);
    const got = await given(app, await decide(agent, page, 'allow'));
    expect(got).toMatchObject({ email: expect.stringContaining('@'), named: 'Ada Lovelace' });
    expect(await ask(agent, app)).toMatch(/\?code=/);
  });

  test('of a scope that the client is not registered for are neither shown nor given, and not asked for without end', async () => {
    const app = await aWebApp({ scopes: ['openid', 'read'] });
    const agent = await aPersonsAgent();
    const page = await ask(agent, app);
    expect(await shown(agent, page)).toEqual(['openid']);
    const got = await given(app, await decide(agent, page, 'allow'));
    expect(got.email).toBeUndefined();
    expect(got.named).toBeUndefined();
    expect(await ask(agent, app)).toMatch(/\?code=/);
  });

  test('that the person leaves out are not given', async () => {
    const app = await aWebApp({ optionalScopes: ['email'] });
    const agent = await aPersonsAgent();
    const got = await given(app, await decide(agent, await ask(agent, app), 'allow'));
    expect(got.email).toBeUndefined();
    expect(got.named).toBeDefined();
    expect(await ask(agent, app)).toMatch(/\?code=/);
  });

  test('are taken back with their scope', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const got = await given(app, await decide(agent, await ask(agent, app), 'allow'));
    const grant = await findOwnGrantTo(agent.person, app.clientId);
    expect(grant?.scopes.toSorted()).toEqual(['email', 'openid', 'profile']);
    await revokeScopes(agent.person, grant?.id ?? '', ['email']);
    expect((await userinfo(got.token)).body.email).toBeUndefined();
    expect(await ask(agent, app)).toContain(`${origin}/consent/`);
  });
});

describe('the ID token says what userinfo says, since many programs read nothing else', () => {
  const told = ({ name, email, email_verified, updated_at }: Record<string, unknown>) => ({
    name,
    email,
    email_verified,
    updated_at,
  });

  test('of the scopes that were allowed, after a refresh too', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent({ name: 'Ada Lovelace' });
    const tokens = await tokensOf(agent, app, { scope: 'openid profile email' });
    const { body } = await userinfo(tokens.access_token);
    expect(body).toMatchObject({ name: 'Ada Lovelace', email: expect.stringContaining('@') });
    expect(told(decodeJwt(tokens.id_token ?? ''))).toEqual(told(body));
    const again = (await refresh(app, tokens.refresh_token ?? '')).body;
    expect(told(decodeJwt(again.id_token))).toEqual(told(body));
  });

  test('and no claim of a scope that was not requested, was declined, or was revoked', async () => {
    const app = await aWebApp({ optionalScopes: ['email'] });
    const agent = await aPersonsAgent();
    const only = decodeJwt((await tokensOf(agent, app, { scope: 'openid' })).id_token ?? '');
    expect(told(only)).toEqual({});
    const tokens = await tokensOf(agent, app, { scope: 'openid profile email' });
    const declined = decodeJwt(tokens.id_token ?? '');
    expect([declined.name, declined.email]).toEqual([expect.any(String), undefined]);
    const grant = await findOwnGrantTo(agent.person, app.clientId);
    await revokeScopes(agent.person, grant?.id ?? '', ['profile']);
    const { body } = await refresh(app, tokens.refresh_token ?? '');
    expect(decodeJwt(body.id_token).name).toBeUndefined();
  });
});

test.each([
  ['it', 'it'],
  ['de pl en', 'pl'],
  ['de', undefined],
  ['PL-pl', 'pl'],
])('ui_locales %s: the page in %s', async (ui_locales, lang) => {
  const page = locationOf(await (await aPersonsAgent()).go(authorizationUrl(await aWebApp(), { ...pkce, ui_locales })));
  expect(new URL(page).searchParams.get('lang') ?? undefined).toBe(lang);
});

test('the language that an app asks for is that of each page on the way, by address and by form', async () => {
  const [agent, app] = [await aPersonsAgent(), await aWebApp()];
  const lost = { ...pkce, ui_locales: 'de it', redirect_uri: 'https://elsewhere.example' };
  const pages = [
    await agent.go(authorizationUrl(app, lost)),
    await agent.go('/oauth/authorize', {
      method: 'POST',
      body: new URLSearchParams({ client_id: app.clientId, ...lost }),
    }),
    await agent.go('/oauth/end-session?ui_locales=it'),
    await agent.go('/oauth/end-session', { method: 'POST', body: new URLSearchParams({ ui_locales: 'it' }) }),
    await (await anAgent()).go('/oauth/end-session?ui_locales=it'),
  ];
  for (const page of pages) expect(page.headers.get('x-page')).toMatch(/^\/(refused|sign-out)[/?].*lang=it$/);
  const chosen = authorizationUrl(app, { ...lost, lang: 'pl' });
  expect((await agent.go(chosen)).headers.get('x-page')).toMatch(/lang=pl$/);
  const page = locationOf(await agent.go(authorizationUrl(app, pkce)));
  await decide(agent, page, 'allow');
  const posting = await agent.go(authorizationUrl(app, { ...pkce, ui_locales: 'it', response_mode: 'form_post' }));
  expect(await posting.text()).toContain('<html lang="it"');
});
