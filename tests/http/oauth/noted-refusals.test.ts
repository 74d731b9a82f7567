import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { afterAll, describe, expect, test } from 'vitest';
import { connect } from '#db/client';
import { clients, secrets } from '#db/schema/client';
import { refusals } from '#db/schema/refusal';
import { disableClient } from '#lib/clients/index';
import { once } from '#lib/kernel/once';
import { addRefusedRedirectUri, listRefusals, noteRefusal } from '#lib/refusals/index';
import {
  anAgent,
  aPersonsAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  callback,
  decide,
  locationOf,
  pkce,
  redeem,
  refresh,
  tokensOf,
} from '#support/authorizing';
import { databaseUrl, db } from '#support/database';
import { begin } from '#support/device';
import { origin } from '#support/listening';
import { aMachine, askToken, aTokenOf, basic, introspect, post } from '#support/oauth';
import { push } from '#support/pushing';

type App = Awaited<ReturnType<typeof aWebApp>>;
const pool = connect(databaseUrl, { max: 8 });
afterAll(() => pool.end());
const statements: string[] = [];
// Before anybody asks for it: the server's own database, watched.
once('database', () => drizzle({ client: pool, logger: { logQuery: (query) => void statements.push(query) } }));

const challenge = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
const ask = async (app: App, changes: Record<string, string | undefined> = {}) =>
  (await anAgent(app.owner)).go(authorizationUrl(app, { ...challenge, ...changes }));
const noted = (app: Pick<App, 'owner' | 'clientId'>) => listRefusals(app.owner, app.clientId);
const nobody = 'https://nowhere.example/api';

describe('a refused request is noted for the owner of its client, with what was sent', () => {
  test.each<
    [reason: string, endpoint: string, asked: string, make: () => Promise<App>, request: (app: App) => Promise<unknown>]
  >([
    [
      'pkce_missing',
      'authorize',
      '',
      aWebApp,
      (app) => ask(app, { code_challenge: undefined, code_challenge_method: undefined }),
    ],
    ['pkce_method', 'authorize', 'plain', aWebApp, (app) => ask(app, { code_challenge_method: 'plain' })],
    [
      'scope',
      'authorize',
      'openid secrets:everything',
      () => aWebApp({ scopes: ['read'] }),
      (app) => ask(app, { scope: 'openid secrets:everything' }),
    ],
    ['response_type', 'authorize', 'token', aWebApp, (app) => ask(app, { response_type: 'token' })],
    ['response_mode', 'authorize', '', aWebApp, (app) => ask(app, { response_mode: 'web_message' })],
    ['resource', 'authorize', nobody, aWebApp, (app) => ask(app, { resource: `${nobody}?key=private` })],
    ['prompt', 'authorize', 'create', aWebApp, (app) => ask(app, { prompt: 'create' })],
    ['par_required', 'authorize', '', () => aWebApp({ requirePushedAuthorizationRequests: true }), (app) => ask(app)],
    [
      'request_uri',
      'authorize',
      '',
      aWebApp,
      (app) => ask(app, { request_uri: 'urn:ietf:params:oauth:request_uri:x' }),
    ],
    ['redirect_uri', 'authorize', '', aWebApp, (app) => ask(app, { redirect_uri: `${callback}/` })],
    ['redirect_uri', 'par', '', aWebApp, (app) => push(app, { redirect_uri: `${callback}/` })],
    [
      'pkce_missing',
      'par',
      '',
      aWebApp,
      (app) => push(app, { code_challenge: undefined, code_challenge_method: undefined }),
    ],
    ['scope', 'par', 'admin', aWebApp, (app) => push(app, { scope: 'admin' })],
    ['secret_wrong', 'par', '', aWebApp, (app) => push({ ...app, secret: 'wrong' })],
    ['grant_type', 'token', 'client_credentials', aWebApp, (app) => askToken(app)],
    ['grant_type', 'token', 'password', aWebApp, (app) => askToken(app, { grant_type: 'password' })],
    ['secret_wrong', 'token', '', aWebApp, (app) => askToken({ ...app, secret: 'wrong' })],
    ['authentication_method', 'token', '', aWebApp, (app) => askToken({ ...app, secret: '' })],
    ['token_over', 'token', '', aWebApp, (app) => redeem(app, 'no-code', { code_verifier: pkce().verifier })],
    ['parameter', 'token', '', aWebApp, (app) => redeem(app, '')],
    [
      'assertion',
      'token',
      '',
      () => aWebApp({ tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [] } }),
      (app) =>
        post('/oauth/token', {
          grant_type: 'authorization_code',
          client_assertion: `e30.${Buffer.from(JSON.stringify({ sub: app.clientId })).toString('base64url')}.x`,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        }),
    ],
    [
      'origin',
      'token',
      'https://evil.example',
      aWebApp,
      (app) => post('/oauth/token', {}, { authorization: basic(app), origin: 'https://evil.example' }),
    ],
    [
      'origin',
      'introspect',
      'https://evil.example',
      aWebApp,
      (app) => post('/oauth/introspect', { token: 'x' }, { authorization: basic(app), origin: 'https://evil.example' }),
    ],
    [
      'dpop',
      'token',
      '',
      () => aWebApp({ dpopBoundAccessTokens: true, requirePkce: false }),
      async (app) => redeem(app, (await authorize(await aPersonsAgent(), app)).get('code') ?? ''),
    ],
    ['grant_type', 'device', '', aWebApp, (app) => begin(app)],
    [
      'secret_wrong',
      'revoke',
      '',
      aWebApp,
      (app) => post('/oauth/revoke', { token: 'x' }, { authorization: basic({ ...app, secret: 'wrong' }) }),
    ],
    ['parameter', 'introspect', '', aWebApp, (app) => post('/oauth/introspect', {}, { authorization: basic(app) })],
    [
      'sign_out',
      'end_session',
      '',
      aWebApp,
      async (app) =>
        (await anAgent(app.owner)).go(
          `/oauth/end-session?client_id=${app.clientId}&post_logout_redirect_uri=https://evil.example/`,
        ),
    ],
  ])('%s at %s', async (reason, endpoint, asked, make, request) => {
    const app = await make();
    await request(app);
    expect(await noted(app)).toMatchObject([{ reason, endpoint, asked, times: 1, isRest: false }]);
  });

  test('a machine that asks for a scope or a resource that it cannot have', async () => {
    const machine = await aMachine();
    await askToken(machine, { scope: 'read admin' });
    await askToken(machine, { resource: nobody });
    expect(await noted(machine)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ reason: 'scope', asked: 'read admin' }),
        expect.objectContaining({ reason: 'resource', asked: nobody }),
      ]),
    );
  });

  test('an introspection of a token that is for another resource', async () => {
    const [mine, theirs] = [await aMachine(), await aMachine()];
    expect(await introspect(theirs, await aTokenOf(mine))).toEqual({ active: false });
    expect(await noted(theirs)).toMatchObject([{ reason: 'audience', endpoint: 'introspect' }]);
    expect(await noted(mine)).toEqual([]);
  });

  test('an app that is disabled, wherever it asks', async () => {
    const app = await aWebApp();
    await disableClient(app.owner, app.clientId);
    await ask(app);
    await askToken(app);
    await push(app);
    const all = await noted(app);
    expect(all.map(({ reason }) => reason)).toEqual(['client_inactive', 'client_inactive', 'client_inactive']);
    expect(all.map(({ endpoint }) => endpoint).sort()).toEqual(['authorize', 'par', 'token']);
  });

  test('a secret that has expired is named, and never written', async () => {
    const app = await aWebApp();
    await db
      .update(secrets)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(secrets.id, app.secretId));
    await askToken(app);
    expect(await noted(app)).toMatchObject([{ reason: 'secret_ended', asked: `CI …${app.secret.slice(-4)}` }]);
  });

  test('a verifier that does not fit, and the redirect URI of another authorization', async () => {
    const app = await aWebApp();
    const code = async () => (await authorize(await aPersonsAgent(), app, challenge)).get('code') ?? '';
    await redeem(app, await code(), { code_verifier: pkce().verifier });
    await redeem(app, await code(), { code_verifier: pkce().verifier, redirect_uri: 'https://app.example.com/other' });
    expect((await noted(app)).map(({ reason }) => reason)).toContain('pkce_mismatch');
  });

  test('a refresh token that is used again: answered within the grace, and beyond it', async () => {
    const app = await aWebApp({ tokenEndpointAuthMethod: 'none' });
    const { refresh_token: token = '' } = await tokensOf(await aPersonsAgent(), app);
    for (let times = 0; times < 5; times += 1) await refresh(app, token);
    const all = (await noted(app)).map(({ reason, times }) => ({ reason, times }));
    expect(all).toHaveLength(2);
    expect(all).toEqual(
      expect.arrayContaining([
        { reason: 'refresh_repeated', times: 3 },
        { reason: 'refresh_reused', times: 1 },
      ]),
    );
  });
});

const secret = 'n0t-f0r-anyb0dy';
type Sent = { body: string | Uint8Array; type?: string; headers?: Record<string, string>; query?: string };
const form = 'application/x-www-form-urlencoded';
const send = (path: string, { body, type = form, headers = {}, query = '' }: Sent) =>
  fetch(origin + path + query, {
    method: 'POST',
    body: body as BodyInit,
    headers: { 'content-type': type, ...headers },
  });

describe('a request that is refused before the authorization server is asked is noted for the client that it names', () => {
  test.each<[status: number, reason: string, asked: string, path: string, endpoint: string, sent: (app: App) => Sent]>([
    [
      400,
      'parameter_twice',
      'code',
      '/oauth/token',
      'token',
      ({ clientId }) => ({ body: `client_id=${clientId}&code=${secret}&code=${secret}` }),
    ],
    [
      400,
      'parameter_twice',
      'scope',
      '/o/token/',
      'token',
      (app) => ({ body: 'scope=a&scope=b', headers: { authorization: basic(app) } }),
    ],
    [
      400,
      'parameter_twice',
      'state',
      '/oauth/end-session',
      'end_session',
      ({ clientId }) => ({ body: `state=a&state=b&client_id=${clientId}` }),
    ],
    [
      400,
      'parameter_twice',
      'state',
      '/oauth/authorize',
      'authorize',
      ({ clientId }) => ({ body: `state=a&state=b&client_id=${clientId}` }),
    ],
    [
      400,
      'in_address',
      '',
      '/oauth/token',
      'token',
      ({ clientId }) => ({ body: '', query: `?client_id=${clientId}&client_secret=${secret}` }),
    ],
    [
      400,
      'unreadable',
      '',
      '/oauth/revoke',
      'revoke',
      ({ clientId }) => ({ body: `client_id=${clientId}&token=%zz${secret}` }),
    ],
    [
      400,
      'unreadable',
      '',
      '/oauth/token',
      'token',
      ({ clientId }) => ({ body: `{"client_id":"${clientId}","code":7}`, type: 'application/json' }),
    ],
    [
      400,
      'unreadable',
      '',
      '/oauth/token',
      'token',
      ({ clientId }) => ({ body: `{"client_id":"${clientId}",`, type: 'application/json' }),
    ],
    [
      400,
      'request_uri',
      '',
      '/oauth/par',
      'par',
      ({ clientId }) => ({ body: `client_id=${clientId}&request_uri=${secret}` }),
    ],
    [
      415,
      'content_type',
      'text/plain',
      '/oauth2/tokens/revoke-all',
      'revoke',
      (app) => ({ body: 'user_id=x', type: 'text/plain', headers: { authorization: basic(app) } }),
    ],
    [
      413,
      'too_large',
      '',
      '/oauth/token',
      'token',
      ({ clientId }) => ({ body: `client_id=${clientId}&code=${secret}${'x'.repeat(60_000)}` }),
    ],
    [
      413,
      'too_large',
      '',
      '/oauth/par',
      'par',
      (app) => ({ body: `code=${'x'.repeat(200_000)}`, headers: { authorization: basic(app) } }),
    ],
    [
      415,
      'content_type',
      'application/json',
      '/oauth2/token',
      'token',
      ({ clientId }) => ({
        body: JSON.stringify({ client_id: clientId, client_secret: secret }),
        type: 'application/json',
      }),
    ],
    [
      415,
      'content_type',
      'text/plain',
      '/oauth/introspect',
      'introspect',
      (app) => ({ body: secret, type: 'text/plain; x=1', headers: { authorization: basic(app) } }),
    ],
    [
      415,
      'content_type',
      'multipart/form-data',
      '/oauth/device',
      'device',
      ({ clientId }) => ({
        body: `--x\r\nContent-Disposition: form-data; name="client_id"\r\n\r\n${clientId}\r\n--x--`,
        type: 'multipart/form-data; boundary=x',
      }),
    ],
    [
      415,
      'content_type',
      'application/x-www-form-urlencoded',
      '/oauth/token',
      'token',
      (app) => ({ body: 'x', headers: { authorization: basic(app), 'content-encoding': 'gzip' } }),
    ],
  ])('%i %s (%s) at %s', async (status, reason, asked, path, endpoint, sent) => {
    const app = await aWebApp();
    expect((await send(path, sent(app))).status).toBe(status);
    expect(await noted(app)).toMatchObject([{ reason, endpoint, asked, times: 1 }]);
    expect(JSON.stringify(await noted(app))).not.toContain(secret);
  });

  test('a parameter that is sent twice to the authorization endpoint', async () => {
    const app = await aWebApp();
    await (await anAgent(app.owner)).go(`${authorizationUrl(app, challenge)}&state=a&state=b`);
    expect(await noted(app)).toMatchObject([{ reason: 'parameter_twice', endpoint: 'authorize' }]);
  });

  test('a GET where only POST is answered', async () => {
    const app = await aWebApp();
    expect((await fetch(`${origin}/oauth/token?client_id=${app.clientId}&code=${secret}`)).status).toBe(405);
    expect(await noted(app)).toMatchObject([{ reason: 'method', endpoint: 'token', asked: 'GET' }]);
  });

  test('not for one of several that it names, nor a name that is longer', async () => {
    const [app, other] = [await aWebApp(), await aWebApp()];
    await send('/oauth/token', { body: `client_id=${app.clientId}&client_id=${other.clientId}` });
    await send('/oauth/token', { body: `my_client_id=${app.clientId}&code=a&code=b` });
    await send('/oauth/token', { body: `client_id=${app.clientId}-x&code=a&code=b` });
    expect([...(await noted(app)), ...(await noted(other))]).toEqual([]);
  });

  test('the name of a parameter is told, and no value that stands in the place of one', async () => {
    const app = await aWebApp();
    await send('/oauth/token', { body: `client_id=${app.clientId}&grant_type=a&grant_type=b` });
    await send('/oauth/token', { body: `client_id=${app.clientId}&${secret}&${secret}` });
    const told = (await noted(app)).map(({ asked, description }) => `${asked}: ${description}`).toSorted();
    expect(told).toEqual([': The form names … twice.', 'grant_type: The form names grant_type twice.']);
  });

  test('nor one that holds quotation marks, as JSON in the place of a form', async () => {
    const [app, other] = [await aWebApp(), await aWebApp()];
    const json = encodeURIComponent(JSON.stringify({ x: 'y', s: secret }));
    await send('/oauth/token', { body: `client_id=${app.clientId}&${json}&${json}` });
    await send('/oauth/token', {
      body: JSON.stringify({ client_id: app.clientId, [`a" ${secret} "b`]: 7 }),
      type: 'application/json',
    });
    const long = JSON.stringify(`${secret}${'x'.repeat(90)}`);
    await send('/oauth/token', {
      body: `{"client_id":"${other.clientId}",${long}:1,${long}:2}`,
      type: 'application/json',
    });
    const all = [...(await noted(app)), ...(await noted(other))];
    expect(all.map(({ description }) => description).toSorted()).toEqual([
      'The body names …',
      'The form names … twice.',
      '… must be a text.',
    ]);
    expect(JSON.stringify(all)).not.toContain(secret);
  });

  test('a body of nothing but blanks is looked through at once', async () => {
    const app = await aWebApp();
    const began = performance.now();
    const blanks = `client_id=x&scope=client_id${'%20'.repeat(3)}${' '.repeat(45_000)}&code=a&code=b`;
    await send('/oauth/token', { body: blanks, headers: { authorization: 'Basic eDp5' } });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(await noted(app)).toEqual([]);
  });

  test('five hundred at once are one row, counted to the last', { timeout: 120_000 }, async () => {
    const app = await aWebApp();
    const twice = { body: `client_id=${app.clientId}&code=a&code=b` };
    for (let n = 0; n < 500; n += 50) await Promise.all(Array.from({ length: 50 }, () => send('/oauth/token', twice)));
    expect(await noted(app)).toMatchObject([{ reason: 'parameter_twice', times: 500 }]);
  });
});

describe('what is not noted', () => {
  test('what people decide, and what clients are told in the ordinary course', async () => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    await decide(agent, locationOf(await agent.go(authorizationUrl(app, challenge))), 'cancel');
    await (await anAgent()).go(authorizationUrl(app, { ...challenge, prompt: 'none' }));
    await tokensOf(agent, app);
    expect(await noted(app)).toEqual([]);
  });

  test('S3: no secret, code, token, state or query of anybody', async () => {
    const app = await aWebApp();
    const hidden = 'n0t-f0r-anyb0dy';
    await ask(app, { state: hidden, nonce: hidden, redirect_uri: `${callback}?x=${hidden}` });
    await ask(app, { state: hidden, code_challenge: hidden, login_hint: hidden, resource: `${nobody}?x=${hidden}` });
    await askToken({ ...app, secret: hidden });
    await redeem(app, hidden, { code_verifier: hidden });
    await post('/oauth/introspect', { token: hidden, client_id: app.clientId, client_secret: hidden });
    await post('/oauth/revoke', { token: hidden, client_id: app.clientId });
    await noted(app);
    const rows = await db.select().from(refusals).where(eq(refusals.clientId, app.clientId));
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify(rows)).not.toContain(hidden);
  });

  test('nothing in the name of a client that is not there', async () => {
    const before = await db.$count(refusals);
    const gone = { clientId: '00000000-0000-4000-8000-000000000000', secret: 'x' };
    await askToken(gone);
    await noted(await aWebApp());
    expect(await db.$count(refusals)).toBe(before);
  });
});

describe('a stranger who knows a client ID', () => {
  test('causes 10,000 refusals, which are few rows in few statements, counted to the last', {
    timeout: 120_000,
  }, async () => {
    const [app, other] = [await aWebApp(), await aWebApp()];
    statements.length = 0;
    const began = Date.now();
    const form = (n: number) => ({ grant_type: `made-up-${n}`, client_id: app.clientId, client_secret: app.secret });
    for (let n = 0; n < 1000; n += 100)
      await Promise.all(
        Array.from({ length: 100 }, (_, at) =>
          fetch(`${origin}/oauth/token`, { method: 'POST', body: new URLSearchParams(form(n + at)) }),
        ),
      );
    const description = 'requested grant type is not allowed for this client';
    const kind = { endpoint: 'token', reason: 'grant_type', error: 'unauthorized_client', description } as const;
    for (let n = 1000; n < 10_000; n += 1)
      noteRefusal(db, { ...kind, clientId: app.clientId, asked: form(n).grant_type });
    await askToken(other);
    const all = await noted(app);
    expect(all).toHaveLength(6);
    expect(all.filter(({ isRest }) => isRest)).toHaveLength(1);
    expect(all.reduce((sum, { times }) => sum + times, 0)).toBe(10_000);
    // In the middle of it, another client's are noted as ever.
    expect(await noted(other)).toMatchObject([{ reason: 'grant_type', times: 1 }]);
    const writes = statements.filter((one) => one.includes('insert into "refusals"'));
    expect(writes.length).toBeLessThanOrEqual((Date.now() - began) / 1000 + 2);
  });

  test('does not push out what is noted already, and of another kind there is always room', async () => {
    const app = await aWebApp();
    await ask(app, { redirect_uri: `${callback}/` });
    const [real] = await noted(app);
    for (let n = 0; n < 120; n += 1) await ask(app, { redirect_uri: `https://evil.example/${n}` });
    await ask(app, { response_type: 'token' });
    const all = await noted(app);
    expect(all.map(({ reference }) => reference)).toContain(real?.reference);
    expect(all.map(({ reason }) => reason)).toContain('response_type');
    expect(all).toHaveLength(101);
  });

  test('cannot have a redirect URI added that stands for the rest', async () => {
    const app = await aWebApp();
    for (let n = 0; n < 101; n += 1) await ask(app, { redirect_uri: `https://app.example.com/${n}` });
    const rest = (await noted(app)).find(({ isRest }) => isRest);
    await expect(addRefusedRedirectUri(app.owner, app.clientId, rest?.reference ?? '')).rejects.toMatchObject({
      code: 'not_found',
    });
    const [row] = await db.select().from(clients).where(eq(clients.clientId, app.clientId));
    expect(row?.redirectUris).toEqual([callback]);
  });
});
