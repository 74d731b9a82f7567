import { describe, expect, test } from 'vitest';
import { decideDeviceRequest } from '#lib/devices/index';
import { findOwnGrantTo } from '#lib/grants/index';
import { aPerson, stranger } from '#support/actors';
import {
  type Agent,
  anAgent,
  aPersonsAgent,
  authorizationUrl,
  aWebApp,
  decide,
  locationOf,
  pkce,
  tokensOf,
  userinfo,
} from '#support/authorizing';
import { db } from '#support/database';
import { aDeviceApp, begin, poll } from '#support/device';
import { origin } from '#support/listening';

const asked = () => ({ code_challenge: pkce().challenge, code_challenge_method: 'S256' });
const ask = async (agent: Agent, app: { clientId: string }, changes = {}) =>
  locationOf(await agent.go(authorizationUrl(app, { ...asked(), ...changes })));

const answer = (decision: string) => (agent: Agent, pathname: string) =>
  agent.go(`${pathname}/answer`, {
    method: 'POST',
    body: new URLSearchParams({ decision }),
    headers: { origin },
  });
const ways = {
  allow: answer('allow'),
  cancel: answer('cancel'),
  continue: (agent: Agent, pathname: string) => agent.go(`${pathname}/continue`),
};
type Way = keyof typeof ways;

type Begun = { agent: Awaited<ReturnType<typeof aPersonsAgent>>; app: { clientId: string } };
const browsers: [string, (begun: Begun) => Promise<Agent>][] = [
  ['nobody’s browser', () => anAgent()],
  ['another person’s browser', () => aPersonsAgent()],
  ['another browser of the same person', ({ agent }) => anAgent(agent.person)],
  [
    'another person’s browser that sends the cookie of its own request of the same app',
    async ({ app }) => {
      const other = await aPersonsAgent();
      await ask(other, app);
      // No browser sends a cookie to another path than its own; a program does.
      for (const [name, { value }] of other.jar) other.jar.set(name, { value, path: '/' });
      return other;
    },
  ],
  [
    'a browser that has the cookie of the request, changed',
    async ({ agent }) => {
      const other = await anAgent(agent.person);
      for (const [name, { value, path }] of agent.jar)
        if (!other.jar.has(name)) other.jar.set(name, { value: name.endsWith('.sig') ? `${value}x` : value, path });
      return other;
    },
  ],
];
const rows = browsers.flatMap(([title, make]) =>
  (Object.keys(ways) as Way[]).map((way) => [title, way, make] as const),
);

describe('a request that waits for consent is its browser’s', () => {
  test.each(rows)('from %s, %s does nothing', async (_title, way, make) => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const page = await ask(agent, app);
    const { pathname } = new URL(page);
    const refused = await ways[way](await make({ agent, app }), pathname);
    expect({ page: refused.headers.get('x-page'), location: refused.headers.get('location') }).toEqual({
      page: pathname,
      location: null,
    });
    expect(await findOwnGrantTo(agent.person, app.clientId)).toBeUndefined();
    expect(await decide(agent, page, 'allow')).toContain('code=');
  });

  test.each(browsers)(
    'from %s, a request that waits for somebody to sign in is not continued',
    async (_title, make) => {
      const app = await aWebApp();
      const [{ person }, agent] = [await aPersonsAgent(), await anAgent()];
      const { pathname } = new URL(await ask(agent, app));
      const other = await make({ agent: { ...agent, person }, app });
      const refused = await ways.continue(other, pathname);
      expect([refused.headers.get('x-page'), refused.headers.get('location')]).toEqual([pathname, null]);
      await agent.signIn(person);
      const asks = locationOf(await agent.go(locationOf(await ways.continue(agent, pathname))));
      expect(await decide(agent, asks, 'allow')).toContain('code=');
      expect(await findOwnGrantTo(person, app.clientId)).toBeDefined();
    },
  );
});

describe('a device’s request', () => {
  const allow = { allow: true, wanted: [], organizationId: null } as const;
  const cancel = { allow: false } as const;

  test.each([
    ['allows', allow],
    ['cancels', cancel],
  ])('nobody %s it without signing in', async (_does, decision) => {
    const app = await aDeviceApp();
    const { device_code: code, user_code: shown } = (await begin(app, { scope: 'read' })).body;
    await expect(decideDeviceRequest(stranger(db), shown, decision)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await poll(app, code)).body.error).toBe('authorization_pending');
  });

  test.each([
    ['allowed', allow, 200],
    ['cancelled', cancel, 400],
  ])('that was %s, another person changes by no answer', async (_done, decision, status) => {
    const app = await aDeviceApp();
    const { device_code: code, user_code: shown } = (await begin(app, { scope: 'read' })).body;
    const [first, second] = [await aPerson(db), await aPerson(db)];
    await decideDeviceRequest(first, shown, decision);
    for (const other of [allow, cancel])
      await expect(decideDeviceRequest(second, shown, other)).rejects.toMatchObject({ code: 'not_found' });
    expect(await findOwnGrantTo(second, app.clientId)).toBeUndefined();
    expect((await poll(app, code)).status).toBe(status);
  });
});

describe('the question whether to sign out', () => {
  const noteOf = async (agent: Agent) =>
    new URL((await agent.go('/oauth/end-session')).headers.get('x-page') ?? '', origin).searchParams.get('note') ?? '';
  const say = (agent: Agent, note: string, decision: string) =>
    agent.go('/oauth/end-session/answer', {
      method: 'POST',
      body: new URLSearchParams({ note, decision }),
      headers: { origin },
    });

  test.each(['leave', 'stay'])('from another browser, %s ends nothing of the first one', async (decision) => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const { access_token } = await tokensOf(agent, app);
    const note = await noteOf(agent);
    for (const other of [await anAgent(), await aPersonsAgent(), await anAgent(agent.person)])
      expect((await say(other, note, decision)).status).toBeLessThan(500);
    expect((await userinfo(access_token)).status).toBe(200);
    expect(await ask(agent, app, { prompt: 'none' })).toContain('code=');
  });
});
