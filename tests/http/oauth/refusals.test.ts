import { randomInt, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { registrations } from '#db/schema/registration';
import { disableClient, suspendClient } from '#lib/clients/index';
import type { Context } from '#lib/kernel/context';
import { addRefusedRedirectUri, findRefusal, listRefusals } from '#lib/refusals/index';
import { anOwner, aPerson, stranger } from '#support/actors';
import { anAgent, aPersonsAgent, authorizationUrl, aWebApp, decide, locationOf } from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';

const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };

async function refused(app: { clientId: string }, changes: Record<string, string | undefined>) {
  const answer = await (await anAgent()).go(authorizationUrl(app, { ...pkce, ...changes }));
  expect(answer.headers.get('location')).toBeNull();
  return /^\/refused\/([A-Z0-9]{5}-[A-Z0-9]{5})$/.exec(answer.headers.get('x-page') ?? '')?.[1] ?? '';
}

describe('rule A2: a page of ours and no redirect', () => {
  test.each([
    ['a redirect URI that is not registered', { redirect_uri: 'https://app.example.com/callback/' }],
    ['no redirect URI', { redirect_uri: undefined }],
    ['a client that is not there', { client_id: '00000000-0000-4000-8000-000000000000' }],
    ['no client', { client_id: undefined }],
    ['a client id that is none', { client_id: "'; drop table clients" }],
  ])('%s', async (_title, changes) => {
    expect(await refused(await aWebApp(), changes)).not.toBe('');
  });
});

describe('who finds a refused request by its reference', () => {
  test('the people of the client, with what was asked for; nobody else', async () => {
    const app = await aWebApp();
    const reference = await refused(app, { redirect_uri: 'https://app.example.com/callback/?code=secret' });
    expect(await findRefusal(app.owner, reference)).toMatchObject({
      clientId: app.clientId,
      error: 'invalid_redirect_uri',
      redirectUri: 'https://app.example.com/callback/',
      hadQuery: true,
    });
    const anOperator = await aPerson(db, { isOperator: true });
    for (const other of [stranger(db), (await anOwner(db)).owner, await aPerson(db), anOperator] as Context[])
      expect(await findRefusal(other, reference)).toBeUndefined();
  });

  test('the same mistake is counted under the same reference', async () => {
    const app = await aWebApp();
    const mistake = { redirect_uri: 'https://app.example.com/other' };
    expect(await refused(app, mistake)).toBe(await refused(app, mistake));
    expect(await listRefusals(app.owner, app.clientId)).toMatchObject([{ times: 2 }]);
  });

  test('a stranger who asks again learns not even whether there is such a client', async () => {
    const mistake = { redirect_uri: 'https://app.example.com/other' };
    for (const client_id of [(await aWebApp()).clientId, randomUUID(), 'nonsense']) {
      const app = await aWebApp();
      expect(await refused(app, { ...mistake, client_id })).toBe(await refused(app, { ...mistake, client_id }));
    }
  });

  test('the same mistake of many at once is one row, and nobody’s 5xx', async () => {
    for (let round = 0; round < 8; round += 1) {
      const app = await aWebApp();
      const mistake = { redirect_uri: 'https://app.example.com/other' };
      const told = await Promise.all(Array.from({ length: 12 }, () => refused(app, mistake)));
      expect([...new Set(told)]).toHaveLength(1);
      expect(await listRefusals(app.owner, app.clientId)).toMatchObject([{ times: 12, reference: told[0] }]);
    }
  });

  test.each([
    ['by form', 1700, 'POST'],
    ['by address', 1200, 'GET'],
  ])('one of letters that take three bytes each is kept as well, %s', async (_title, letters, method) => {
    const app = await aWebApp();
    const strange = Array.from({ length: letters }, () => String.fromCodePoint(0x4e00 + randomInt(20_000))).join('');
    const url = authorizationUrl(app, { ...pkce, redirect_uri: `https://a.example/${strange}` });
    const agent = await anAgent();
    const [path = '', form = ''] = url.split('?');
    const answer =
      method === 'GET' ? await agent.go(url) : await agent.go(path, { method, body: new URLSearchParams(form) });
    expect(answer.headers.get('x-page')).toMatch(/^.refused.[A-Z0-9-]{11}$/);
    expect(await listRefusals(app.owner, app.clientId)).toMatchObject([
      { redirectUri: `https://a.example/${strange}` },
    ]);
  });

  test('a stranger cannot fill the list without limit', async () => {
    const app = await aWebApp();
    for (let n = 0; n < 105; n += 1) await refused(app, { redirect_uri: `https://app.example.com/${n}` });
    expect(await listRefusals(app.owner, app.clientId)).toHaveLength(100);
  });
});

describe('to add it', () => {
  test('lets the next request through, and takes the refusal away', async () => {
    const app = await aWebApp();
    const redirect_uri = 'https://app.example.com/callback/';
    const reference = await refused(app, { redirect_uri });
    await addRefusedRedirectUri(app.owner, app.clientId, reference);
    const answer = await (await anAgent()).go(authorizationUrl(app, { ...pkce, redirect_uri }));
    expect(answer.headers.get('location')).toMatch(/^\/consent\//);
    expect(await listRefusals(app.owner, app.clientId)).toEqual([]);
  });

  test('is for who may edit the client, and only what its rules allow', async () => {
    const app = await aWebApp();
    const reference = await refused(app, { redirect_uri: 'http://app.example.com/callback' });
    await expect(addRefusedRedirectUri(app.owner, app.clientId, reference)).rejects.toMatchObject({
      issues: [expect.objectContaining({ rule: 'R5' })],
    });
    await expect(addRefusedRedirectUri((await anOwner(db)).owner, app.clientId, reference)).rejects.toMatchObject({
      code: 'not_found',
    });
    const other = await aWebApp();
    await expect(addRefusedRedirectUri(other.owner, other.clientId, reference)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('an app that is switched off or suspended', () => {
  const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
  test.each([
    ['switched off', ({ owner, clientId }: Awaited<ReturnType<typeof aWebApp>>) => disableClient(owner, clientId)],
    ['suspended', ({ clientId }: Awaited<ReturnType<typeof aWebApp>>) => suspendClient(operator, clientId)],
  ])('%s: people read which one it is and what that means, and its owner finds the refusal', async (_title, stop) => {
    const app = await aWebApp();
    await stop(app);
    const agent = await aPersonsAgent();
    const begun = await agent.go(authorizationUrl({ clientId: app.clientId.toUpperCase() }, { ...pkce, lang: 'it' }));
    expect([begun.headers.get('x-page'), begun.headers.get('location')]).toEqual([
      `/stopped/${app.clientId}?lang=it`,
      null,
    ]);
    expect(await listRefusals(app.owner, app.clientId)).toContainEqual(
      expect.objectContaining({ error: 'invalid_client' }),
    );
  });
});

describe('rule A6: an app that registered itself', () => {
  async function anUnknownApp() {
    const app = await aWebApp();
    await db.insert(registrations).values({ clientId: app.clientId, hash: randomUUID(), pepperId: 'x', open: true });
    return app;
  }
  const wrong = { response_type: 'token' };

  test('gets no redirect for an error without a sign-in', async () => {
    const app = await anUnknownApp();
    expect(await refused(app, wrong)).not.toBe('');
    expect(await refused(app, { prompt: 'none' })).not.toBe('');
  });

  test('gets errors of a signed-in person, and their decision', async () => {
    const app = await anUnknownApp();
    const agent = await aPersonsAgent();
    expect(locationOf(await agent.go(authorizationUrl(app, { ...pkce, ...wrong })))).toContain('error=');
    const asked = locationOf(await agent.go(authorizationUrl(app, pkce)));
    expect(await decide(agent, asked, 'cancel')).toContain('error=access_denied');
  });

  test('does not learn of a cancellation without a sign-in: it ends on a page of ours, and the request has ended', async () => {
    const app = await anUnknownApp();
    const agent = await anAgent();
    const { pathname } = new URL(locationOf(await agent.go(authorizationUrl(app, pkce))));
    const cancel = () =>
      agent.go(`${pathname}/answer`, {
        method: 'POST',
        body: new URLSearchParams({ decision: 'cancel' }),
        headers: { origin },
      });
    const resumed = await agent.go(locationOf(await cancel()));
    expect([resumed.headers.get('x-page'), resumed.headers.get('location')]).toEqual(['/cancelled', null]);
    expect((await cancel()).headers.get('x-page')).toBe(pathname);
    expect(await listRefusals(app.owner, app.clientId)).toEqual([]);
  });

  test('unlike an app that a person registered', async () => {
    const app = await aWebApp();
    const answer = await (await anAgent()).go(authorizationUrl(app, { ...pkce, ...wrong }));
    expect(locationOf(answer)).toMatch(/^https:\/\/app\.example\.com\/callback[?#].*error=unsupported_response_type/);
  });
});
