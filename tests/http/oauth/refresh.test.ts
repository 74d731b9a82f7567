import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { clients } from '#db/schema/client';
import { updateClient } from '#lib/clients/index';
import { aPersonsAgent, authorize, aWebApp, pkce, redeem, refresh, tokensOf } from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { introspect } from '#support/oauth';

const aPublicApp = () => aWebApp({ tokenEndpointAuthMethod: 'none' });

describe('rule A7: a public client’s refresh token', () => {
  test('is replaced at each use, by one that lives no longer than the first would have', async () => {
    const app = await aPublicApp();
    const first = await tokensOf(await aPersonsAgent(), app);
    const expiries = async () =>
      (await db.select().from(artifacts).where(eq(artifacts.clientId, app.clientId)))
        .filter(({ kind }) => kind === 'RefreshToken')
        .map(({ expiresAt }) => expiresAt?.getTime() ?? 0);
    const [ends = 0] = await expiries();
    const { status, body } = await refresh(app, first.refresh_token ?? '');
    expect(status).toBe(200);
    expect(body.refresh_token).toMatch(/^clt_rt_/);
    expect(body.refresh_token).not.toBe(first.refresh_token);
    for (const at of await expiries()) expect(Math.abs(at - ends)).toBeLessThan(5000);
  });
});

describe('a refresh token', () => {
  test('of a confidential client stays the same', async () => {
    const app = await aWebApp();
    const { refresh_token = '' } = await tokensOf(await aPersonsAgent(), app);
    for (let n = 0; n < 3; n += 1) expect((await refresh(app, refresh_token)).body.refresh_token).toBe(refresh_token);
  });

  test('belongs to its client', async () => {
    const { refresh_token = '' } = await tokensOf(await aPersonsAgent(), await aWebApp());
    expect((await refresh(await aWebApp(), refresh_token)).body.error).toBe('invalid_grant');
  });

  test('gives fewer scopes if fewer are requested, and never more than granted', async () => {
    const app = await aWebApp();
    const { refresh_token = '' } = await tokensOf(await aPersonsAgent(), app, { scope: 'openid profile read' });
    expect((await refresh(app, refresh_token, { scope: 'read' })).body.scope).toBe('read');
    expect((await refresh(app, refresh_token, { scope: 'read write' })).body.error).toBe('invalid_scope');
  });

  test('gives all that was allowed when offline_access alone is asked for: it asks for none by itself', async () => {
    const scope = 'openid offline_access read';
    for (const changes of [{}, { resource: origin, scope: `${scope} clients:read` }]) {
      const app = await aWebApp({ scopes: ['openid', 'offline_access', 'read', 'clients:read'] });
      const tokens = await tokensOf(await aPersonsAgent(), app, { scope, prompt: 'consent', ...changes });
      const { body } = await refresh(app, tokens.refresh_token ?? '', { scope: 'offline_access' });
      expect(body.scope?.split(' ').sort()).toEqual(tokens.scope.split(' ').sort());
    }
  });

  test('is given to clients that registered for it, and to no others', async () => {
    const app = await aWebApp({ grantTypes: ['authorization_code'] });
    expect((await tokensOf(await aPersonsAgent(), app)).refresh_token).toBeUndefined();
  });

  test('gives no scope that its client is registered for no more', async () => {
    const app = await aWebApp();
    const { refresh_token = '' } = await tokensOf(await aPersonsAgent(), app, { scope: 'openid read write' });
    await updateClient(app.owner, app.clientId, { scopes: ['openid', 'offline_access', 'read'] });
    expect((await refresh(app, refresh_token)).body.scope).toBe('openid read');
    expect((await refresh(app, refresh_token, { scope: 'write' })).body.scope ?? '').toBe('');
  });

  test('ends when its client gives the grant type up', async () => {
    const app = await aWebApp();
    const { refresh_token = '' } = await tokensOf(await aPersonsAgent(), app);
    await db
      .update(clients)
      .set({ grantTypes: ['authorization_code'] })
      .where(eq(clients.clientId, app.clientId));
    expect((await refresh(app, refresh_token)).body.error).toBe('unauthorized_client');
  });
});

describe('an authorization code', () => {
  test('used twice ends its tokens', async () => {
    const app = await aWebApp();
    const { verifier, challenge } = pkce();
    const answer = await authorize(await aPersonsAgent(), app, {
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const exchange = () => redeem(app, answer.get('code') ?? '', { code_verifier: verifier });
    const tokens = (await exchange()).body;
    expect((await exchange()).body.error).toBe('invalid_grant');
    expect(await introspect(app, tokens.access_token)).toEqual({ active: false });
    expect((await refresh(app, tokens.refresh_token)).body.error).toBe('invalid_grant');
  });

  test.each([
    ['another verifier', { code_verifier: pkce().verifier }],
    ['no verifier', {}],
    ['another redirect URI', { redirect_uri: 'https://app.example.com/other' }],
  ])('with %s buys nothing', async (_title, form) => {
    const app = await aWebApp();
    const { challenge } = pkce();
    const answer = await authorize(await aPersonsAgent(), app, {
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const { status, body } = await redeem(app, answer.get('code') ?? '', form);
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('a client that may leave its secret out does so with PKCE only', async () => {
    const app = await aWebApp({ secretOptional: true, requirePkce: false });
    const silent = { clientId: app.clientId, secret: '' };
    const without = await authorize(await aPersonsAgent(), app);
    expect((await redeem(silent, without.get('code') ?? '')).body.error).toBe('invalid_grant');
    const { verifier, challenge } = pkce();
    const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
    const proved = await authorize(await aPersonsAgent(), app, proof);
    expect((await redeem(silent, proved.get('code') ?? '', { code_verifier: verifier })).status).toBe(200);
    const wrong = await authorize(await aPersonsAgent(), app, proof);
    const answer = await redeem({ ...app, secret: 'wrong' }, wrong.get('code') ?? '', { code_verifier: verifier });
    expect(answer.body.error).toBe('invalid_client');
  });

  test('PKCE: a verifier without a challenge is refused (downgrade)', async () => {
    const app = await aWebApp({ requirePkce: false });
    const answer = await authorize(await aPersonsAgent(), app);
    const { body } = await redeem(app, answer.get('code') ?? '', { code_verifier: pkce().verifier });
    expect(body.error).toBe('invalid_grant');
  });
});
