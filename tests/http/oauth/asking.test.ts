import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { findAsking, wayBackTo } from '#lib/authorization-server/interaction';
import { verifyDomain } from '#lib/domains/index';
import { stranger } from '#support/actors';
import { anAgent, authorizationUrl, aWebApp, locationOf, pkce } from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';

const anyone = stranger(db);
const proof = () => ({ code_challenge: pkce().challenge, code_challenge_method: 'S256' });

/** A request that waits for somebody who is not signed in. */
async function aRequest() {
  const host = `${crypto.randomUUID()}.example`;
  const redirect_uri = `https://app.${host}/cb`;
  const app = await aWebApp({ redirectUris: [redirect_uri, 'https://elsewhere.example/cb'] });
  const agent = await anAgent();
  const ask = async (to = redirect_uri) => {
    const page = new URL(locationOf(await agent.go(authorizationUrl(app, { redirect_uri: to, ...proof() }))), origin);
    return { pathname: page.pathname, uid: page.pathname.split('/')[2] ?? '' };
  };
  return { app, agent, host, ask };
}

test('the sign-in page shows the app of the request, by its redirect URI', async () => {
  const { app, host, ask } = await aRequest();
  const standings = async () => {
    const all = [await ask(), await ask('https://elsewhere.example/cb')];
    return Promise.all(all.map(async ({ uid }) => (await findAsking(anyone, wayBackTo(uid)))?.standing));
  };
  expect(await standings()).toEqual(['unverified', 'unverified']);
  const operator = { ...anyone, actor: { kind: 'command_line' } } as const;
  await verifyDomain(operator, { organizationId: app.organizationId, domain: host });
  expect(await standings()).toEqual(['verified', 'unverified']);
  const { uid } = await ask();
  await db.update(clients).set({ status: 'suspended' }).where(eq(clients.clientId, app.clientId));
  expect(await findAsking(anyone, wayBackTo(uid))).toBeUndefined();
});

test('a request id alone, or with the permission of another request, shows nothing', async () => {
  const { ask } = await aRequest();
  const [{ uid }, other] = [await ask(), await ask()];
  const leave = new URL(wayBackTo(other.uid), origin).search;
  const paths = [
    `/consent/${uid}/continue`,
    `/consent/${uid}/continue${leave}`,
    `/consent/${uid}/continue?asks=`,
    `/consent/${uid}/continue?asks=a+b`,
    `${wayBackTo(uid)}x`,
    `/clients${new URL(wayBackTo(uid), origin).search}`,
    `/clients?next=${wayBackTo(uid)}`,
    '/clients',
  ];
  for (const path of paths) expect([path, await findAsking(anyone, path)]).toEqual([path, undefined]);
});

test('a cancelled request shows no app', async () => {
  const { agent, ask } = await aRequest();
  const { pathname, uid } = await ask();
  expect(await findAsking(anyone, wayBackTo(uid))).toBeDefined();
  const cancelled = await agent.go(`${pathname}/answer`, {
    method: 'POST',
    body: new URLSearchParams({ decision: 'cancel' }),
    headers: { origin },
  });
  await agent.go(locationOf(cancelled));
  expect(await findAsking(anyone, wayBackTo(uid))).toBeUndefined();
});
