import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { calculateJwkThumbprint } from 'jose';
import { describe, expect, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { clients } from '#db/schema/client';
import { hashesWithEveryPepper } from '#lib/credentials/index';
import { revokeGrantTo } from '#lib/grants/index';
import { aPersonsAgent, aWebApp, refresh, tokensOf, userinfo } from '#support/authorizing';
import { aKey, askByAssertion, assertionOf, type ClientKey } from '#support/client-keys';
import { db } from '#support/database';
import { aSecret, post } from '#support/oauth';
import { elsewhere } from '#support/other-process';
import { proofOf } from '#support/possession';

type App = Awaited<ReturnType<typeof aWebApp>>;

const publicApp = (values: Parameters<typeof aWebApp>[0] = {}) =>
  aWebApp({ tokenEndpointAuthMethod: 'none', ...values });
const firstOf = async (app: App) => (await tokensOf(await aPersonsAgent(), app)).refresh_token ?? '';
const isLive = async (token: string) => (await userinfo(token)).status === 200;
const used = { status: 400, body: { error: 'invalid_grant' } };

/** As if the grace had passed since what was replaced so far. */
const letTheGracePass = () =>
  db
    .update(artifacts)
    .set({ consumedAt: sql`${artifacts.consumedAt} - interval '31 seconds'` })
    .where(isNotNull(artifacts.consumedAt));

async function succeeded(answer: ReturnType<typeof refresh>) {
  const { status, body } = await answer;
  expect({ status, body }).toMatchObject({ status: 200, body: { refresh_token: expect.stringMatching(/^clt_rt_/) } });
  return body as { access_token: string; refresh_token: string };
}

describe('rule A7: within the grace', () => {
  test('a lost answer: the token that was just replaced answers again, and all that it gave is good', async () => {
    const app = await publicApp();
    const first = await firstOf(app);
    const lost = await succeeded(refresh(app, first));
    const again = await succeeded(refresh(app, first));
    expect(again.refresh_token).not.toBe(lost.refresh_token);
    for (const { access_token } of [lost, again]) expect(await isLive(access_token)).toBe(true);
    await succeeded(refresh(app, again.refresh_token));
  });

  test('two tabs at once, round after round: both go on', async () => {
    const app = await publicApp();
    let token = await firstOf(app);
    for (let round = 0; round < 5; round += 1) {
      const both = await Promise.all([succeeded(refresh(app, token)), succeeded(refresh(app, token))]);
      for (const { access_token } of both) expect(await isLive(access_token)).toBe(true);
      token = both[round % 2]?.refresh_token ?? '';
    }
  });

  test('it answers three times again, and the next use ends all that came of the authorization, and nothing of another', async () => {
    const app = await publicApp();
    const agent = await aPersonsAgent();
    const [stolen, apart] = [await tokensOf(agent, app), await tokensOf(agent, app)];
    const given = [];
    for (let times = 0; times < 4; times += 1) given.push(await succeeded(refresh(app, stolen.refresh_token ?? '')));
    expect(await refresh(app, stolen.refresh_token ?? '')).toMatchObject(used);
    for (const { access_token, refresh_token } of given) {
      expect(await isLive(access_token)).toBe(false);
      expect((await refresh(app, refresh_token)).body.error).toBe('invalid_grant');
    }
    await succeeded(refresh(app, apart.refresh_token ?? ''));
  });

  test('used by twelve at once in two processes, it answers four of them at most, and then nothing is left', async () => {
    const app = await publicApp();
    for (let round = 0; round < 4; round += 1) {
      const first = await firstOf(app);
      const form = { grant_type: 'refresh_token', refresh_token: first, client_id: app.clientId };
      const there = async () => {
        const answer = await fetch(`${elsewhere}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
        return { status: answer.status, body: await answer.json() };
      };
      const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => (n % 2 ? there() : refresh(app, first))));
      expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 400)).toEqual([]);
      const good = answers.filter(({ status }) => status === 200);
      expect(good.length).toBeLessThanOrEqual(4);
      for (const { body } of good) expect(await isLive(body.access_token)).toBe(false);
    }
  });

  test('three processes at once: each gets tokens, and each goes on with its own within the next grace', async () => {
    const app = await publicApp();
    const first = await firstOf(app);
    const three = await Promise.all([0, 1, 2].map(() => succeeded(refresh(app, first))));
    const next = [];
    for (const { refresh_token } of three) next.push(await succeeded(refresh(app, refresh_token)));
    for (const { access_token } of next) expect(await isLive(access_token)).toBe(true);
  });
});

describe('siblings', () => {
  test('as soon as one is refreshed the others count as replaced at that moment: good within the grace from then on', async () => {
    const app = await publicApp();
    const first = await firstOf(app);
    const [one, other] = [await succeeded(refresh(app, first)), await succeeded(refresh(app, first))];
    await letTheGracePass();
    await succeeded(refresh(app, one.refresh_token));
    expect(await isUnused(app, other.refresh_token)).toBe(false);
    await succeeded(refresh(app, other.refresh_token));
  });

  test('and after that grace a sibling that nobody used ends everything', async () => {
    const app = await publicApp();
    const first = await firstOf(app);
    const [one, other] = [await succeeded(refresh(app, first)), await succeeded(refresh(app, first))];
    const next = await succeeded(refresh(app, one.refresh_token));
    await letTheGracePass();
    expect(await refresh(app, other.refresh_token)).toMatchObject(used);
    expect(await isLive(next.access_token)).toBe(false);
  });

  test('they share the three answers: no tree of tokens grows', async () => {
    const app = await publicApp();
    const first = await firstOf(app);
    const four = [];
    for (let times = 0; times < 4; times += 1) four.push(await succeeded(refresh(app, first)));
    for (const { refresh_token } of four) await succeeded(refresh(app, refresh_token));
    expect(await refresh(app, four[0]?.refresh_token ?? '')).toMatchObject(used);
  });

  test('what they replaced is no longer the token just replaced: using it ends everything', async () => {
    const app = await publicApp();
    const first = await firstOf(app);
    const second = await succeeded(refresh(app, first));
    const third = await succeeded(refresh(app, second.refresh_token));
    expect(await refresh(app, first)).toMatchObject(used);
    expect(await isLive(third.access_token)).toBe(false);
  });
});

describe('no grace', () => {
  test('after it, a replayed token ends all that came of the authorization', async () => {
    const app = await publicApp();
    const first = await firstOf(app);
    const next = await succeeded(refresh(app, first));
    await letTheGracePass();
    expect(await refresh(app, first)).toMatchObject(used);
    expect(await isLive(next.access_token)).toBe(false);
    expect((await refresh(app, next.refresh_token)).body.error).toBe('invalid_grant');
  });

  test('after a revocation, of a token or of the grant', async () => {
    const app = await publicApp();
    const agent = await aPersonsAgent();
    for (const end of [
      (token: string) => post('/oauth/revoke', { token, client_id: app.clientId }),
      () => revokeGrantTo(agent.person, app.clientId),
    ]) {
      const { refresh_token: first = '' } = await tokensOf(agent, app);
      const next = await succeeded(refresh(app, first));
      await end(next.refresh_token);
      expect((await refresh(app, first)).body.error).toBe('invalid_grant');
      expect(await isLive(next.access_token)).toBe(false);
    }
  });

  test('for another client, which ends nothing either', async () => {
    const [app, other] = [await publicApp(), await publicApp()];
    const first = await firstOf(app);
    const next = await succeeded(refresh(app, first));
    expect((await refresh(other, first)).body.error).toBe('invalid_grant');
    expect(await isLive(next.access_token)).toBe(true);
  });

  test('with another DPoP key than the first use showed, or with one where it showed none', async () => {
    const app = await publicApp();
    for (const [shown, tried] of [
      [await aKey(), await aKey()],
      [undefined, await aKey()],
      [await aKey(), undefined],
    ]) {
      const first = await firstOf(app);
      expect((await refreshBy(app, first, shown)).status).toBe(200);
      expect(await refreshBy(app, first, tried)).toMatchObject(used);
    }
    const [first, key] = [await firstOf(app), await aKey()];
    expect((await refreshBy(app, first, key)).status).toBe(200);
    expect((await refreshBy(app, first, key)).status).toBe(200);
  });

  test.each([
    ['must push its requests', { requirePushedAuthorizationRequests: true }],
    ['gets only tokens bound to a key', { dpopBoundAccessTokens: true }],
  ])('for a client that %s', async (_title, values) => {
    const app = await publicApp();
    const first = await firstOf(app);
    await db.update(clients).set(values).where(eq(clients.clientId, app.clientId));
    const key = await aKey();
    expect((await refreshBy(app, first, key)).status).toBe(200);
    expect(await refreshBy(app, first, key)).toMatchObject(used);
  });

  test('for an installed client that shows a key of its own', async () => {
    const app = await publicApp();
    const [first, key] = [await firstOf(app), await aKey()];
    const { clientId } = app;
    await db
      .update(clients)
      .set({ applicationType: 'native', tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [key.jwk] } })
      .where(eq(clients.clientId, clientId));
    const byKey = async () =>
      askByAssertion(await assertionOf(clientId, key), { grant_type: 'refresh_token', refresh_token: first });
    expect((await byKey()).status).toBe(200);
    expect(await byKey()).toMatchObject(used);
  });

  test('for a token that is bound to a key', async () => {
    const app = await publicApp();
    const key = await aKey();
    const bound = await refreshBy(app, await firstOf(app), key);
    const [row] = await db
      .select()
      .from(artifacts)
      .where(and(eq(artifacts.clientId, app.clientId), eq(artifacts.kind, 'RefreshToken'), sql`consumed_at is null`));
    const jkt = await calculateJwkThumbprint(key.jwk);
    await db
      .update(artifacts)
      .set({ payload: { ...row?.payload, jkt } })
      .where(eq(artifacts.hash, row?.hash ?? ''));
    expect((await refreshBy(app, bound.body.refresh_token, key)).status).toBe(200);
    expect(await refreshBy(app, bound.body.refresh_token, key)).toMatchObject(used);
  });

  test('for a token that was used before generations were kept', async () => {
    const app = await publicApp();
    const old = await firstOf(app);
    await db.update(artifacts).set({ consumedAt: new Date() }).where(eq(artifacts.clientId, app.clientId));
    expect(await refresh(app, old)).toMatchObject(used);
  });

  test('for a client that has a secret since: what it used as a public one stays used', async () => {
    const app = await publicApp();
    const first = await firstOf(app);
    await succeeded(refresh(app, first));
    await db
      .update(clients)
      .set({ tokenEndpointAuthMethod: 'client_secret_basic' })
      .where(eq(clients.clientId, app.clientId));
    expect(await refresh({ ...app, ...(await aSecret(app.owner, app.clientId)) }, first)).toMatchObject(used);
  });
});

test('a token that was replaced is told to be over, at once', async () => {
  const app = await publicApp();
  const first = await firstOf(app);
  const one = await succeeded(refresh(app, first));
  const other = await succeeded(refresh(app, first));
  await succeeded(refresh(app, one.refresh_token));
  for (const token of [first, one.refresh_token, other.refresh_token]) expect(await isUnused(app, token)).toBe(false);
});

async function refreshBy(app: App, token: string, key: ClientKey | undefined) {
  const headers: Record<string, string> = key ? { dpop: await proofOf(key) } : {};
  const form = { grant_type: 'refresh_token', refresh_token: token, client_id: app.clientId };
  return post('/oauth/token', form, headers);
}

/** As its row says it: a public client may not ask. */
async function isUnused(app: App, token: string): Promise<boolean> {
  const rows = await db.select().from(artifacts).where(eq(artifacts.clientId, app.clientId));
  const row = rows.find(({ hash }) => hashesWithEveryPepper(token).includes(hash));
  if (!row) throw new Error('no such token');
  return row.consumedAt === null;
}
