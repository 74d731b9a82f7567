import { describe, expect, test } from 'vitest';
import { decideDeviceRequest } from '#lib/devices/index';
import { aPerson } from '#support/actors';
import {
  anAgent,
  aPersonsAgent,
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
import { aDeviceApp, begin, poll } from '#support/device';
import { basic, post } from '#support/oauth';
import { allow, push, pushedUrl } from '#support/pushing';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '1';

const notTheirs = { status: 400, body: { error: 'invalid_grant' } };
const publicApp = () => aWebApp({ tokenEndpointAuthMethod: 'none' });

async function aCode(app: { clientId: string; secret: string }) {
  const { verifier, challenge } = pkce();
  const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
  const code = (await authorize(await aPersonsAgent(), app, proof)).get('code') ?? '';
  return { code, form: { code_verifier: verifier } };
}

describe('tokens and codes of one client are refused to another one, and stay valid for the first', () => {
  test('a device code: another client gets invalid_grant however often it asks, and does not slow the device down', async () => {
    const [app, other] = [await aDeviceApp(), await aDeviceApp()];
    const { device_code: code, user_code: typed } = (await begin(app, { scope: 'read' })).body;
    for (let asked = 0; asked < 3; asked++) expect(await poll(other, code)).toMatchObject(notTheirs);
    expect((await poll(app, code)).body.error).toBe('authorization_pending');
    await decideDeviceRequest(await aPerson(db), typed, { allow: true, wanted: [], organizationId: null });
    expect(await poll(other, code)).toMatchObject(notTheirs);
    expect((await poll(app, code)).status).toBe(200);
  });

  test.each([
    ['public', () => publicApp()],
    ['confidential', () => aWebApp()],
  ])('a code of a %s client: another one neither uses it up nor ends what came of it', async (_kind, make) => {
    const [app, other] = [await make(), await make()];
    const { code, form } = await aCode(app);
    expect(await redeem(other, code, form)).toMatchObject(notTheirs);
    expect(await redeem(other, code, { code_verifier: 'x'.repeat(43) })).toMatchObject(notTheirs);
    const tokens = await redeem(app, code, form);
    expect(tokens.status).toBe(200);
    expect(await redeem(other, code, form)).toMatchObject(notTheirs);
    expect((await userinfo(tokens.body.access_token)).status).toBe(200);
  });

  test('a refresh token, also one that was replaced: another client gets nothing and ends nothing', async () => {
    const [app, other] = [await publicApp(), await publicApp()];
    const first = await tokensOf(await aPersonsAgent(), app);
    expect(await refresh(other, first.refresh_token ?? '')).toMatchObject(notTheirs);
    const second = (await refresh(app, first.refresh_token ?? '')).body;
    expect(await refresh(other, first.refresh_token ?? '')).toMatchObject(notTheirs);
    expect((await userinfo(second.access_token)).status).toBe(200);
    expect((await refresh(app, second.refresh_token)).status).toBe(200);
  });

  test('a pushed request: another client cannot use it, nor use it up', async () => {
    const [app, other] = [await aWebApp(), await aWebApp()];
    const { body, verifier } = await push(app);
    const agent = await anAgent(app.owner);
    const answer = await agent.go(pushedUrl(other, body.request_uri));
    expect(answer.headers.get('x-page') ?? locationOf(answer)).toMatch(/refused|invalid_request_uri/);
    const callback = await allow(await aPersonsAgent(), app, body.request_uri);
    expect((await redeem(app, callback.searchParams.get('code') ?? '', { code_verifier: verifier })).status).toBe(200);
  });

  test('a token: another client is told nothing of it, and its revocation has no effect', async () => {
    const [app, other] = [await aWebApp(), await aWebApp()];
    const { access_token: token, refresh_token: lasting = '' } = await tokensOf(await aPersonsAgent(), app);
    for (const one of [token, lasting]) {
      const headers = { authorization: basic(other) };
      expect((await post('/oauth/introspect', { token: one }, headers)).body).toEqual({ active: false });
      expect((await post('/oauth/revoke', { token: one }, headers)).status).toBe(200);
    }
    expect((await userinfo(token)).status).toBe(200);
    expect((await refresh(app, lasting)).status).toBe(200);
  });

  test('a wrong secret counts against the client that was named, not against the one whose code was sent', async () => {
    const [app, other] = [await aWebApp(), await aWebApp()];
    const { code, form } = await aCode(app);
    for (let failed = 0; failed < 25; failed++) await redeem({ ...other, secret: 'wrong' }, code, form);
    expect((await redeem(other, code, form)).status).toBe(429);
    expect((await redeem(app, code, form)).status).toBe(200);
  });
});
