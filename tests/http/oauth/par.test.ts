import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { calculateJwkThumbprint } from 'jose';
import { allowInsecureRequests, buildAuthorizationUrlWithPAR, ClientSecretBasic, discovery } from 'openid-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { clients } from '#db/schema/client';
import {
  type Agent,
  aPersonsAgent,
  authorizationUrl,
  aWebApp,
  callback,
  decide,
  locationOf,
  redeem,
} from '#support/authorizing';
import { aKey, assertionOf, assertionType } from '#support/client-keys';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { post } from '#support/oauth';
import { proofOf } from '#support/possession';
import { allow, follow, push, pushedUrl } from '#support/pushing';

let app: Awaited<ReturnType<typeof aWebApp>>;
let agent: Agent;
beforeAll(async () => {
  app = await aWebApp();
  agent = await aPersonsAgent();
});

const outcome = ({ status, body }: { status: number; body: { error?: string } }) => ({ status, error: body.error });
const invalid = { status: 400, error: 'invalid_request' };

describe('a pushed request (RFC 9126, rule A11)', () => {
  test('openid-client, without a word about us: pushes, and the person is asked', async () => {
    const config = await discovery(new URL(origin), app.clientId, undefined, ClientSecretBasic(app.secret), {
      execute: [allowInsecureRequests],
    });
    const url = await buildAuthorizationUrlWithPAR(config, {
      redirect_uri: callback,
      scope: 'openid read',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    });
    expect([...url.searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri']);
    expect(await follow(agent, url.href)).toMatch(/\/consent\//);
  });

  test('is answered with 201, for a minute; the person allows it, the code is redeemed', async () => {
    const { status, headers, body, verifier } = await push(app);
    expect({ status, body }).toEqual({
      status: 201,
      body: { request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:/), expires_in: 60 },
    });
    expect(headers.get('cache-control')).toBe('no-store');
    const { searchParams } = await allow(agent, app, body.request_uri);
    expect(Object.fromEntries(searchParams)).toEqual({ code: expect.any(String), state: 'a-state', iss: origin });
    const tokens = await redeem(app, searchParams.get('code') ?? '', { code_verifier: verifier });
    expect(tokens.body).toMatchObject({ scope: 'openid read', token_type: 'Bearer' });
  });

  test('what is not pushed but stands beside it counts for nothing', async () => {
    const { body } = await push(app);
    const beside = new URLSearchParams({
      scope: 'openid write',
      redirect_uri: 'https://evil.example/',
      state: 'other',
    });
    const arrived = await follow(agent, `${pushedUrl(app, body.request_uri)}&${beside}`);
    const { searchParams, origin: where } = new URL(
      arrived.includes('/consent/') ? await decide(agent, arrived, 'allow') : arrived,
    );
    expect([where, searchParams.get('state')]).toEqual(['https://app.example.com', 'a-state']);
  });

  test('is answered once; its page may be loaded again, also after the request_uri has expired', async () => {
    const { body } = await push(app, { prompt: 'consent' });
    const first = await follow(agent, pushedUrl(app, body.request_uri));
    const other = await aPersonsAgent();
    const second = await follow(other, pushedUrl(app, body.request_uri));
    expect([first, second]).toEqual([expect.stringContaining('/consent/'), expect.stringContaining('/consent/')]);
    const [row] = await db
      .select()
      .from(artifacts)
      .where(eq(artifacts.kind, 'PushedAuthorizationRequest'))
      .orderBy(artifacts.createdAt);
    expect(row?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 50 * 60_000);
    expect(new URL(await decide(agent, first, 'allow')).searchParams.get('code')).toMatch(/./);
    expect(new URL(await decide(other, second, 'allow')).searchParams.get('code')).toBeNull();
    expect(await follow(agent, pushedUrl(app, body.request_uri))).not.toContain('/consent/');
  });

  test('is answered once, though two browsers answer at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { body } = await push(app, { prompt: 'consent' });
      const browsers = [await aPersonsAgent(), await aPersonsAgent()];
      const pages = await Promise.all(browsers.map((one) => follow(one, pushedUrl(app, body.request_uri))));
      const ends = await Promise.all(browsers.map((one, at) => decide(one, pages[at] ?? '', 'allow')));
      expect(ends.filter((end) => new URL(end).searchParams.has('code')).length).toBeLessThanOrEqual(1);
    }
  });

  test('belongs to its client: another one learns nothing about it, not even its state', async () => {
    const { body } = await push(app);
    const other = await aWebApp({ redirectUris: ['https://other.example/cb', 'https://other.example/second'] });
    expect((await agent.go(pushedUrl(other, body.request_uri))).headers.get('location')).toBeNull();
    expect((await allow(agent, app, body.request_uri)).searchParams.get('code')).toMatch(/./);
  });

  test.each([
    'urn:ietf:params:oauth:request_uri:nobodys',
    'urn:ietf:params:oauth:request_uri:',
    'https://app.example.com/request',
    'nonsense',
  ])('the request_uri %s leads nowhere', async (request_uri) => {
    const other = await aWebApp({ redirectUris: [callback, 'https://app.example.com/second'] });
    const answer = await agent.go(pushedUrl(other, request_uri));
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.status).toBeLessThan(500);
  });

  test('ends with its client', async () => {
    const gone = await aWebApp();
    const { body } = await push(gone);
    await db.update(clients).set({ status: 'disabled' }).where(eq(clients.clientId, gone.clientId));
    expect((await agent.go(pushedUrl(gone, body.request_uri))).headers.get('location')).toBeNull();
    expect(outcome(await push(gone))).toEqual({ status: 401, error: 'invalid_client' });
  });

  test('who asks for no scope asks for all that are registered', async () => {
    const { body } = await push(app, { scope: undefined });
    expect((await allow(agent, app, body.request_uri)).searchParams.get('code')).toMatch(/./);
  });
});

describe('who pushes', () => {
  test('shows who it is, as for a token: by a secret, a key, or a name alone when it is public', async () => {
    expect(outcome(await push({ ...app, secret: 'wrong' }))).toEqual({ status: 401, error: 'invalid_client' });
    expect(outcome(await push({ clientId: app.clientId, secret: '' }))).toEqual({
      status: 401,
      error: 'invalid_client',
    });
    expect(outcome(await push({ clientId: randomUUID(), secret: 'x' }))).toEqual({
      status: 401,
      error: 'invalid_client',
    });
    const spa = await aWebApp({ tokenEndpointAuthMethod: 'none', applicationType: 'spa' });
    expect((await push(spa)).status).toBe(201);
    const key = await aKey();
    const keyed = await aWebApp({ tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [key.jwk] } });
    const client_assertion = await assertionOf(keyed.clientId, key);
    const shown = { client_assertion, client_assertion_type: assertionType };
    expect((await push({ ...keyed, secret: '' }, shown)).status).toBe(201);
    expect(outcome(await push({ ...keyed, secret: '' }, shown))).toEqual({ status: 401, error: 'invalid_client' });
  });

  test('with a DPoP proof binds the code to its key', async () => {
    const key = await aKey();
    const { body, verifier } = await push(app, {}, { dpop: await proofOf(key, { path: '/oauth/par' }) });
    const code = (await allow(agent, app, body.request_uri)).searchParams.get('code') ?? '';
    const form = { code_verifier: verifier };
    expect(outcome(await redeem(app, code, form))).toEqual({ status: 400, error: 'invalid_grant' });
    const wrong = await push(
      app,
      { dpop_jkt: await calculateJwkThumbprint((await aKey()).jwk) },
      { dpop: await proofOf(key, { path: '/oauth/par' }) },
    );
    expect(outcome(wrong)).toEqual(invalid);
  });

  test('and is registered for pushed requests, must push', async () => {
    const bound = await aWebApp({ requirePushedAuthorizationRequests: true });
    const { verifier: _, ...direct } = { verifier: '', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' };
    const answer = new URL(locationOf(await agent.go(authorizationUrl(bound, direct))));
    expect(answer.searchParams.get('error')).toBe('invalid_request');
    const { body } = await push(bound);
    expect((await allow(agent, bound, body.request_uri)).searchParams.get('code')).toMatch(/./);
  });
});

describe('refusals', () => {
  test.each<[string, Record<string, string | undefined>, string?]>([
    ['a request_uri in it', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }],
    ['no response type', { response_type: undefined }],
    ['a redirect URI of nobody', { redirect_uri: 'https://evil.example/' }],
    ['a redirect URI that is none', { redirect_uri: 'nonsense' }],
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
    ['plain PKCE', { code_challenge_method: 'plain' }],
    ['an implicit grant', { response_type: 'token' }, 'unsupported_response_type'],
    ['a type twice', { response_type: 'code code' }, 'unsupported_response_type'],
    ['a scope that is not registered', { scope: 'openid admin' }, 'invalid_scope'],
    ['a signed request object', { request: 'a.b.c' }, 'request_not_supported'],
    ['a resource that is not there', { resource: 'https://nobody.example/' }, 'invalid_target'],
    ['claims that are no JSON', { claims: '{' }],
    ['a prompt of nobody', { prompt: 'nonsense' }],
    ['U+0000', { state: '\0' }],
    ['another client_id', { client_id: randomUUID() }],
  ])('%s', async (_title, changes, error = 'invalid_request') => {
    expect(outcome(await push(app, changes))).toEqual({ status: 400, error });
  });

  test('405, 413, 415', async () => {
    const get = await fetch(`${origin}/oauth/par`);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    expect(outcome(await push(app, { state: 'x'.repeat(9000) }))).toEqual({ status: 413, error: 'invalid_request' });
    const json = await fetch(`${origin}/oauth/par`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(415);
  });

  test('programs in browsers: the client’s own origins', async () => {
    const own = await aWebApp({ allowedOrigins: ['https://app.example'] });
    expect((await push(own, {}, { origin: 'https://app.example' })).headers.get('access-control-allow-origin')).toBe(
      'https://app.example',
    );
    expect(outcome(await push(own, {}, { origin: 'https://evil.example' }))).toEqual(invalid);
  });

  test('a path beside it is not there', async () => {
    expect((await post('/oauth2/par', {})).status).toBe(404);
  });
});
