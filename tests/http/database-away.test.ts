import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setPhase } from '#lib/kernel/readiness';
import { ask } from '#support/api';
import { type Agent, aPersonsAgent } from '#support/authorizing';
import { databaseUrl } from '#support/database';
import { anOrganizationWithApps, type Item } from '#support/docspace';
import { origin } from '#support/listening';

/** Stands between the app and its database: lets through, holds back, or is not there. */
const sockets = new Set<Socket>();
let frozen = false;
const target = new URL(databaseUrl);
const between = createServer((near) => {
  const far = createConnection(`${target.searchParams.get('host')}/.s.PGSQL.${target.port || 5432}`);
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    sockets.add(one);
    one.on('data', (bytes) => frozen || other.write(bytes));
    one.on('error', () => undefined);
    one.on('close', () => {
      sockets.delete(one);
      other.destroy();
    });
  }
});
const listen = async (port = 0) => {
  between.listen(port, '127.0.0.1');
  await once(between, 'listening');
  return (between.address() as { port: number }).port;
};
const leave = async () => {
  between.close();
  for (const socket of sockets) socket.destroy();
  await once(between, 'close');
};
const port = await listen();
process.env.DATABASE_URL = `postgres://clientele@127.0.0.1:${port}${target.pathname}`;
process.env.DATABASE_STATEMENT_TIMEOUT = '1500';

let app: Item;
let token: string;
let agent: Agent;
beforeAll(async () => {
  const mine = await anOrganizationWithApps();
  token = mine.token;
  agent = await aPersonsAgent();
  app = await mine.make('Docs bot');
  setPhase('serving');
});
afterAll(leave);

const calls = () => [
  ask('GET', '/api/2.0/clients', { token }),
  ask('GET', `/api/2.0/clients/${app.client_id}/public/info`),
  ask('PATCH', `/api/2.0/clients/${app.client_id}/activation`, { token, body: { status: true } }),
  ask('POST', '/oauth/introspect', { body: 'token=x', headers: asClient() }),
  ask('GET', '/oauth/jwks'),
];

const asClient = () => ({
  authorization: `Basic ${Buffer.from(`${app.client_id}:${app.client_secret}`).toString('base64')}`,
  'content-type': 'application/x-www-form-urlencoded',
});

async function expectUnavailable() {
  const began = performance.now();
  const answers = await Promise.all([...calls(), ask('GET', '/readyz')]);
  expect(performance.now() - began).toBeLessThan(20_000);
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(await answers[0]?.json()).toMatchObject({
    title: 'Service Unavailable',
    status: 503,
    instance: '/api/2.0/clients',
  });
  expect((await ask('GET', '/healthz')).status).toBe(200);
  // People are told on a page, programs in JSON.
  for (const path of ['/oauth/authorize', '/oauth/authorize/x', '/oauth/end-session']) {
    const { headers } = await fetch(`${origin}${path}?client_id=${app.client_id}`);
    expect([headers.get('x-page'), headers.get('retry-after')]).toEqual(['/busy', '2']);
  }
  // What a form sent would be lost by asking for its address again, so the page says to send it again.
  const forms = [
    ['/oauth/authorize', { client_id: app.client_id }],
    ['/oauth/end-session', { client_id: app.client_id }],
    ['/oauth/end-session/answer', { decision: 'leave' }],
    ['/consent/x/answer?lang=it', { decision: 'allow' }],
  ] as const;
  for (const [path, form] of forms) {
    const { headers } = await agent.go(path, { method: 'POST', body: new URLSearchParams(form), headers: { origin } });
    const page = path.includes('lang=it') ? '/busy?sent=1&lang=it' : '/busy?sent=1';
    expect([path, headers.get('x-page'), headers.get('retry-after')]).toEqual([path, page, '2']);
  }
}

async function expectRecovery() {
  await expect.poll(async () => (await ask('GET', '/readyz')).status).toBe(200);
  for (let round = 0; round < 5; round++)
    expect((await Promise.all(calls())).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
}

test('a database that is gone: 503 with Retry-After within seconds, and all well when it is back', async () => {
  await leave();
  await expectUnavailable();
  await listen(port);
  await expectRecovery();
});

test('a database that freezes: 503 with Retry-After within seconds, and all well when it goes on', async () => {
  frozen = true;
  await expectUnavailable();
  frozen = false;
  await expectRecovery();
});
