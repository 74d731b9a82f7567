import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { deleteClientRows } from '#db/queries/clients';
import { clients } from '#db/schema/client';
import { domains } from '#db/schema/domain';
import { grants } from '#db/schema/grant';
import { disableClient, removeClient, updateClient } from '#lib/clients/index';
import { listRefusals } from '#lib/refusals/index';
import {
  type Agent,
  anAgent,
  aPersonsAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  callback,
  locationOf,
  redeem,
} from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { follow, push, pushedUrl } from '#support/pushing';

const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
const code_verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
type App = Awaited<ReturnType<typeof aWebApp>>;
const isConsent = (address: string) => address.startsWith(`${origin}/consent/`);

const ask = async (agent: Agent, app: { clientId: string }, changes = {}) =>
  locationOf(await agent.go(authorizationUrl(app, { ...pkce, ...changes })));

/** Presses the button; answers where the browser goes on, which it has not done yet. */
const press = async (agent: Agent, page: string, decision: 'allow' | 'cancel') =>
  locationOf(
    await agent.go(`${new URL(page).pathname}/answer`, {
      method: 'POST',
      body: new URLSearchParams({ decision }),
      headers: { origin },
    }),
  );

/** As if signed out in another window. */
const signOut = (agent: Agent) => {
  for (const name of agent.jar.keys()) if (name.endsWith('session')) agent.jar.delete(name);
};

describe('between the answer and the code', () => {
  test.each([
    ['had been signed in', true],
    ['signed in for it', false],
  ])('who %s and signs out gives nothing: the next one is asked to sign in', async (_title, before) => {
    const app = await aWebApp();
    const { person } = await aPersonsAgent();
    const agent = await anAgent(before ? person : undefined);
    let page = await ask(agent, app);
    if (!before) {
      await agent.signIn(person);
      page = locationOf(await agent.go(locationOf(await agent.go(`${new URL(page).pathname}/continue`))));
    }
    const next = await press(agent, page, 'allow');
    signOut(agent);
    const asked = locationOf(await agent.go(next));
    expect(asked).toSatisfy(isConsent);
    expect(locationOf(await agent.go(`${new URL(asked).pathname}/continue`))).toBe(asked);
  });

  test.each([
    ['had been signed in', true],
    ['signed in for it', false],
  ])('the answer of a person who %s does not count for another person who signs in', async (_title, before) => {
    const app = await aWebApp({ tokenEndpointAuthMethod: 'none' });
    const other = await aPersonsAgent();
    await authorize(other, app, pkce);
    const { person } = await aPersonsAgent();
    const agent = await anAgent(before ? person : undefined);
    let page = await ask(agent, app);
    if (!before) {
      await agent.signIn(person);
      page = locationOf(await agent.go(locationOf(await agent.go(`${new URL(page).pathname}/continue`))));
    }
    const next = await press(agent, page, 'allow');
    await agent.signIn(other.person);
    expect(locationOf(await agent.go(next))).toSatisfy(isConsent);
  });

  test('nor where that one has to sign in first', async () => {
    const app = await aWebApp({ tokenEndpointAuthMethod: 'none' });
    const other = await aPersonsAgent();
    await authorize(other, app, pkce);
    const agent = await aPersonsAgent();
    const next = await press(agent, await ask(agent, app), 'allow');
    signOut(agent);
    const page = locationOf(await agent.go(next));
    await agent.signIn(other.person);
    const resumed = locationOf(await agent.go(`${new URL(page).pathname}/continue`));
    expect(locationOf(await agent.go(resumed))).toSatisfy(isConsent);
  });

  test('who signs out after a no leads back with it all the same', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const next = await press(agent, await ask(agent, app), 'cancel');
    signOut(agent);
    expect(locationOf(await agent.go(next))).toContain('error=access_denied');
  });

  test('one answer gives one code, however often the browser continues', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    for (let round = 0; round < 8; round += 1) {
      const next = await press(agent, await ask(agent, app, { prompt: 'consent' }), 'allow');
      const jar = new Map(agent.jar);
      const answers = await Promise.all(Array.from({ length: 5 }, () => agent.go(next)));
      const codes = answers.filter((one) => one.headers.get('location')?.includes('code='));
      expect(codes.length).toBe(1);
      agent.jar.clear();
      for (const [name, cookie] of jar) agent.jar.set(name, cookie);
    }
  });
});

test('an address at which the browser went on already: the page that says what to do, and nobody’s refusal', async () => {
  const app = await aWebApp();
  const agent = await aPersonsAgent();
  const page = await ask(agent, app);
  const next = await press(agent, page, 'allow');
  await agent.go(next);
  expect((await agent.go(next)).headers.get('x-page')).toBe(new URL(page).pathname);
  expect(await listRefusals(app.owner, app.clientId)).toEqual([]);
});

describe('an edit of the registration acts on a request that waits', () => {
  test('a removed redirect URI gets no answer', async () => {
    for (const decision of ['allow', 'cancel'] as const) {
      const app = await aWebApp({ redirectUris: [callback, 'https://app.example.com/new'] });
      const agent = await aPersonsAgent();
      const page = await ask(agent, app);
      await updateClient(app.owner, app.clientId, { redirectUris: ['https://app.example.com/new'] });
      const answer = await agent.go(await press(agent, page, decision));
      expect(answer.headers.get('location')).toBeNull();
      expect(answer.headers.get('x-page')).toMatch(/^\/refused\//);
      expect(await listRefusals(app.owner, app.clientId)).toMatchObject([{ redirectUri: callback }]);
    }
  });

  test('a removed scope is not given, and causes no endless consent', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const page = await ask(agent, app, { scope: 'openid read write' });
    await updateClient(app.owner, app.clientId, { scopes: ['openid', 'offline_access', 'read'] });
    const answer = new URL(locationOf(await agent.go(await press(agent, page, 'allow'))));
    const { body } = await redeem(app, answer.searchParams.get('code') ?? '', { code_verifier });
    expect(body.scope).toBe('openid read');
  });

  test('the callback of a preview, when its domain is no longer the organization’s', async () => {
    const app = await aWebApp();
    const domain = `${crypto.randomUUID()}.example`;
    await db
      .insert(domains)
      .values({ domain, organizationId: app.organizationId, method: 'operator', verifiedAt: new Date() });
    const agent = await aPersonsAgent();
    const pushed = await push(app, { redirect_uri: `https://pr-7.${domain}/cb` });
    const page = await follow(agent, pushedUrl(app, pushed.body.request_uri));
    expect(page).toSatisfy(isConsent);
    await db.delete(domains).where(eq(domains.domain, domain));
    const answer = await agent.go(await press(agent, page, 'allow'));
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.headers.get('x-page')).toMatch(/^\/refused\//);
  });
});

describe('the client ends while its page waits', () => {
  test.each([
    ['deleted', ({ owner, clientId }: App) => removeClient(owner, clientId)],
    ['disabled', ({ owner, clientId }: App) => disableClient(owner, clientId)],
  ])('%s: whoever presses then is sent nowhere, nothing is kept, and nobody gets a 5xx', async (_title, end) => {
    for (const decision of ['allow', 'cancel'] as const) {
      const app = await aWebApp();
      const agent = await aPersonsAgent();
      const { pathname } = new URL(await ask(agent, app));
      await end(app);
      const answer = await agent.go(`${pathname}/answer`, {
        method: 'POST',
        body: new URLSearchParams({ decision }),
        headers: { origin },
      });
      const last = answer.headers.has('location') ? await agent.go(locationOf(answer)) : answer;
      expect([last.headers.get('location'), last.status]).toEqual([null, 404]); // a page of ours
      expect(last.headers.get('x-page')).toMatch(/^\/(consent|refused)\//);
      expect(await db.$count(grants, eq(grants.clientId, app.clientId))).toBe(0);
    }
  });

  test('deleted just when somebody allows it who allowed it before: neither stands in the other’s way', async () => {
    const [app, agent] = [await aWebApp(), await aPersonsAgent()];
    await authorize(agent, app, pkce);
    const { pathname } = new URL(await ask(agent, app, { prompt: 'consent' }));
    const waits = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    const allow = () =>
      agent.go(`${pathname}/answer`, {
        method: 'POST',
        body: new URLSearchParams({ decision: 'allow' }),
        headers: { origin },
      });
    // As whoever deletes it: first the client is held, last its row goes.
    const { allowing } = await db.transaction(async (tx) => {
      await tx.select().from(clients).where(eq(clients.clientId, app.clientId)).for('update');
      const allowing = allow();
      await expect.poll(() => db.execute(waits)).toHaveLength(1);
      await deleteClientRows(tx, [app.clientId]);
      return { allowing };
    });
    const answer = await allowing;
    expect([answer.status, answer.headers.get('x-page')]).toEqual([404, pathname]);
  });
});
