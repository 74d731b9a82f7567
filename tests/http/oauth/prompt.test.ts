import { describe, expect, test } from 'vitest';
import {
  type Agent,
  anAgent,
  aPersonsAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  decide,
  locationOf,
  pkce,
  tokensOf,
} from '#support/authorizing';
import '#support/database';
import { origin } from '#support/listening';

const proof = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
const ask = async (agent: Agent, app: { clientId: string }, prompt: string, scope = 'openid read') =>
  locationOf(await agent.go(authorizationUrl(app, { ...proof, scope, prompt })));

/** An app that a person has allowed, so that they would not be asked again. */
async function allowed() {
  const [app, agent] = [await aWebApp(), await aPersonsAgent()];
  await authorize(agent, app, { ...proof, scope: 'openid read' });
  expect(await ask(agent, app, '')).toContain('code=');
  return { app, agent };
}

describe('prompt (OpenID Connect Core §3.1.2.1)', () => {
  test('the metadata lists the values that work', async () => {
    for (const path of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']) {
      const metadata = await (await fetch(origin + path)).json();
      expect(metadata.prompt_values_supported).toEqual(['none', 'login', 'consent', 'select_account']);
    }
  });

  test.each(['select_account', 'select_account consent', 'consent select_account', 'consent'])(
    '%s shows the page with the account, also where consent would be skipped, and a yes goes on',
    async (prompt) => {
      const { app, agent } = await allowed();
      const page = await ask(agent, app, prompt);
      expect(page).toMatch(/\/consent\/[^/]+$/);
      expect(await decide(agent, page, 'allow')).toContain('code=');
      expect(await decide(agent, await ask(agent, app, prompt), 'cancel')).toContain('error=access_denied');
    },
  );

  test.each(['login', 'login consent', 'login select_account', 'login consent select_account', 'select_account login'])(
    '%s has the person sign in first; who did has chosen the account',
    async (prompt) => {
      const { app, agent } = await allowed();
      const page = await ask(agent, app, prompt);
      expect(page).toContain('/consent/');
      await agent.signIn(agent.person);
      const next = locationOf(await agent.go(locationOf(await agent.go(`${new URL(page).pathname}/continue`))));
      if (prompt.includes('consent')) expect(await decide(agent, next, 'allow')).toContain('code=');
      else expect(next).toContain('code=');
    },
  );

  test('select_account: another account signs in, and what the first one allowed is not theirs', async () => {
    const { app, agent } = await allowed();
    const page = await ask(agent, app, 'select_account');
    const { person } = await aPersonsAgent();
    await agent.signIn(person);
    const next = locationOf(await agent.go(locationOf(await agent.go(`${new URL(page).pathname}/continue`))));
    expect(next).toContain('/consent/');
    expect(next).not.toBe(page);
    expect(await decide(agent, next, 'allow')).toContain('code=');
  });

  test('nobody is signed in: signing in chooses the account', async () => {
    const { app, agent } = await allowed();
    const stranger = await anAgent();
    const page = await ask(stranger, app, 'select_account');
    await stranger.signIn(agent.person);
    const next = locationOf(await stranger.go(locationOf(await stranger.go(`${new URL(page).pathname}/continue`))));
    expect(next).toContain('code=');
  });

  test('select_account gives no offline_access, which takes prompt=consent', async () => {
    const app = await aWebApp();
    const asked = { scope: 'openid offline_access read' };
    const scopeOf = async (prompt: string) => (await tokensOf(await aPersonsAgent(), app, { ...asked, prompt })).scope;
    expect(await scopeOf('select_account')).toBe('openid read');
    expect((await scopeOf('select_account consent')).split(' ')).toContain('offline_access');
  });

  test.each(['none login', 'none select_account', 'select_account none', 'create', 'Login', 'login,consent'])(
    '%s is told to the app as invalid_request',
    async (prompt) => {
      const { app, agent } = await allowed();
      const answer = new URL(await ask(agent, app, prompt));
      expect(answer.searchParams.get('error')).toBe('invalid_request');
      expect(answer.searchParams.get('error_description')).toContain('prompt');
      expect([answer.searchParams.get('iss'), answer.searchParams.get('state')]).toEqual([origin, 'a-state']);
    },
  );

  test('none alone answers without a page', async () => {
    const { app, agent } = await allowed();
    expect(await ask(agent, app, 'none')).toContain('code=');
    expect(await ask(await anAgent(), app, 'none')).toContain('error=login_required');
  });
});
