import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { grants } from '#db/schema/grant';
import { removeClient } from '#lib/clients/index';
import { findOwnGrantTo, revokeGrant, revokeScopes } from '#lib/grants/index';
import {
  type Agent,
  aPersonsAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  locationOf,
  pkce,
  redeem,
  refresh,
  tokensOf,
  userinfo,
} from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';

const isLive = async (token: string) => (await userinfo(token)).status === 200;
const times = <T>(count: number, make: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)));

describe('at once', () => {
  test('of ten exchanges of one code at most one succeeds', async () => {
    const agent = await aPersonsAgent();
    for (const values of [{}, { tokenEndpointAuthMethod: 'none' as const }]) {
      const app = await aWebApp(values);
      for (let round = 0; round < 5; round += 1) {
        const { verifier, challenge } = pkce();
        const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
        const code = (await authorize(agent, app, proof)).get('code') ?? '';
        const answers = await times(10, () => redeem(app, code, { code_verifier: verifier }));
        const good = answers.filter(({ status }) => status === 200);
        expect(good.length).toBeLessThanOrEqual(1);
        for (const { status, body } of answers) expect([200, 400], JSON.stringify(body)).toContain(status);
        for (const { body } of good) {
          expect(await isLive(body.access_token)).toBe(false);
          expect((await refresh(app, body.refresh_token)).body.error).toBe('invalid_grant');
        }
      }
    }
  });

  test('the app is revoked while it refreshes: no token outlives the answer', async () => {
    const agent = await aPersonsAgent();
    for (const values of [{}, { tokenEndpointAuthMethod: 'none' as const }]) {
      const app = await aWebApp(values);
      for (let round = 0; round < 5; round += 1) {
        const { refresh_token = '' } = await tokensOf(agent, app);
        const grant = await findOwnGrantTo(agent.person, app.clientId);
        const revoked = revokeGrant(agent.person, grant?.id ?? '');
        const answers = await times(8, () => refresh(app, refresh_token));
        await revoked;
        for (const { status, body } of answers) expect([200, 400], JSON.stringify(body)).toContain(status);
        for (const { body } of answers) if (body.access_token) expect(await isLive(body.access_token)).toBe(false);
        expect(
          await db
            .select()
            .from(artifacts)
            .where(eq(artifacts.grantId, grant?.id ?? '')),
        ).toEqual([]);
      }
    }
  });

  test('one scope is taken back while it refreshes: no token that carries it outlives the answer', async () => {
    const agent = await aPersonsAgent();
    const app = await aWebApp();
    for (let round = 0; round < 5; round += 1) {
      const { refresh_token = '' } = await tokensOf(agent, app, { scope: 'openid read write' });
      const grant = await findOwnGrantTo(agent.person, app.clientId);
      const taken = revokeScopes(agent.person, grant?.id ?? '', ['write']);
      const answers = await times(8, () => refresh(app, refresh_token));
      await taken;
      for (const { status, body } of answers) expect([200, 400], JSON.stringify(body)).toContain(status);
      const left = await db
        .select()
        .from(artifacts)
        .where(eq(artifacts.grantId, grant?.id ?? ''));
      const carrying = left.filter(
        ({ kind, payload }) => kind === 'AccessToken' && `${payload.scope}`.includes('write'),
      );
      expect(carrying).toEqual([]);
    }
  });

  test('the client is deleted while it redeems, refreshes and is asked about', async () => {
    for (let round = 0; round < 4; round += 1) {
      const agent = await aPersonsAgent();
      const app = await aWebApp();
      const { refresh_token = '' } = await tokensOf(agent, app);
      const gone = removeClient(app.owner, app.clientId);
      const [answers, pages] = await Promise.all([
        times(8, () => refresh(app, refresh_token)),
        times(4, () => agent.go(authorizationUrl(app, { prompt: 'consent' }))),
      ]);
      await gone;
      for (const { status, body } of answers) expect([200, 400, 401], JSON.stringify(body)).toContain(status);
      for (const { status } of pages) expect(status).toBeLessThan(500);
      for (const { body } of answers) if (body.access_token) expect(await isLive(body.access_token)).toBe(false);
      expect(await db.select().from(artifacts).where(eq(artifacts.clientId, app.clientId))).toEqual([]);
      expect(await db.select().from(grants).where(eq(grants.clientId, app.clientId))).toEqual([]);
    }
  });

  test('of Allow and Cancel at once one counts, and Cancel grants nothing', async () => {
    for (let round = 0; round < 6; round += 1) {
      const app = await aWebApp();
      const agent = await aPersonsAgent();
      const { challenge } = pkce();
      const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
      const page = locationOf(await agent.go(authorizationUrl(app, proof)));
      const answers = await times(4, (n) => press(agent, page, n % 2 === 0 ? 'allow' : 'cancel'));
      const [next] = answers.filter((one) => one.headers.has('location'));
      const end = new URL(locationOf(await agent.go(locationOf(next as Response)))).searchParams;
      const allowed = (await findOwnGrantTo(agent.person, app.clientId)) !== undefined;
      expect(allowed).toBe(end.has('code'));
    }
  });
});

const press = (agent: Agent, page: string, decision: string) =>
  agent.go(`${new URL(page).pathname}/answer`, {
    method: 'POST',
    body: new URLSearchParams({ decision }),
    headers: { origin },
  });

test.each([
  ['allow', 'cancel'],
  ['cancel', 'allow'],
])('%s pressed twice continues; %s after it does not', async (first, second) => {
  const app = await aWebApp();
  const agent = await aPersonsAgent();
  const { challenge } = pkce();
  const page = locationOf(
    await agent.go(authorizationUrl(app, { code_challenge: challenge, code_challenge_method: 'S256' })),
  );
  const twice = await times(3, () => press(agent, page, first));
  const next = locationOf(await press(agent, page, first));
  expect(twice.map(locationOf)).toEqual([next, next, next]);
  expect((await press(agent, page, second)).headers.get('x-page')).toBe(new URL(page).pathname);
  expect(new URL(locationOf(await agent.go(next))).searchParams.has('code')).toBe(first === 'allow');
  expect((await findOwnGrantTo(agent.person, app.clientId)) !== undefined).toBe(first === 'allow');
});
