import { eq } from 'drizzle-orm';
import { calculateJwkThumbprint } from 'jose';
import {
  allowInsecureRequests,
  ClientSecretBasic,
  clientCredentialsGrant,
  discovery,
  getDPoPHandle,
  randomDPoPKeyPair,
} from 'openid-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { once } from '#lib/kernel/once';
import { aPersonsAgent, authorize, aWebApp, callback, pkce, userinfo } from '#support/authorizing';
import { aKey, type ClientKey, inSeconds } from '#support/client-keys';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, askToken, basic, introspect, post } from '#support/oauth';
import { proofOf } from '#support/possession';

let machine: Awaited<ReturnType<typeof aMachine>>;
let key: ClientKey;
beforeAll(async () => {
  machine = await aMachine();
  key = await aKey();
});

const ask = (dpop: string, of = machine, path = '/oauth/token') =>
  post(path, { grant_type: 'client_credentials' }, { authorization: basic(of), dpop });
const outcome = ({ status, body }: { status: number; body: { error?: string } }) => ({ status, error: body.error });
const refused = { status: 400, error: 'invalid_dpop_proof' };
const makeAnotherProvider = () => {
  once<{ running?: unknown; readAt: number }>('authorization-server', () => ({ readAt: 0 })).running = undefined;
};

describe('openid-client without special configuration', () => {
  test('gets a token that is bound to its key', async () => {
    const config = await discovery(new URL(origin), machine.clientId, undefined, ClientSecretBasic(machine.secret), {
      execute: [allowInsecureRequests],
    });
    const DPoP = getDPoPHandle(config, await randomDPoPKeyPair());
    const { token_type, access_token } = await clientCredentialsGrant(config, {}, { DPoP });
    expect(token_type).toBe('dpop');
    expect(await introspect(machine, access_token)).toMatchObject({
      active: true,
      token_type: 'DPoP',
      cnf: { jkt: await DPoP.calculateThumbprint() },
    });
  });

  test('rule A13: discovery names the algorithms, none of them symmetric', async () => {
    const metadata = await (await fetch(`${origin}/.well-known/openid-configuration`)).json();
    const algorithms: string[] = metadata.dpop_signing_alg_values_supported;
    expect(algorithms).toEqual(expect.arrayContaining(['ES256', 'PS256', 'EdDSA']));
    expect(algorithms.filter((alg) => /^HS|^none$/.test(alg))).toEqual([]);
  });
});

describe('rule A12: a proof', () => {
  test.each(['ES256', 'ES384', 'PS256', 'RS256', 'Ed25519'])('signed with %s binds the token', async (alg) => {
    const key = await aKey(alg);
    const { status, body } = await ask(await proofOf(key));
    expect({ status, type: body.token_type }).toEqual({ status: 200, type: 'DPoP' });
    const { cnf } = await introspect(machine, body.access_token);
    expect(cnf).toEqual({ jkt: await calculateJwkThumbprint(key.jwk) });
  });

  const changed = (claims: Record<string, unknown>) => () => proofOf(key, { claims });
  test.each<[string, () => Promise<string>]>([
    ['of another type', () => proofOf(key, { header: { typ: 'JWT' } })],
    ['without its key', () => proofOf(key, { header: { jwk: undefined } })],
    ['with the private half of its key', async () => proofOf(key, { header: { jwk: { ...key.jwk, d: 'AAAA' } } })],
    ['with another’s key', async () => proofOf(key, { header: { jwk: (await aKey()).jwk } })],
    ['for another method', changed({ htm: 'GET' })],
    ['for another endpoint', changed({ htu: `${origin}/oauth/par` })],
    ['for another host', changed({ htu: 'https://elsewhere.example/oauth/token' })],
    ['without an address', changed({ htu: undefined })],
    ['whose address is none', changed({ htu: 'nonsense' })],
    ['whose address is a number', changed({ htu: 7 })],
    ['without a jti', changed({ jti: undefined })],
    ['whose jti is a number', changed({ jti: 7 })],
    ['without a date', changed({ iat: undefined })],
    ['whose date is a text', changed({ iat: 'now' })],
    ['that is over', changed({ exp: inSeconds(-60) })],
    ['whose nonce is a number', changed({ nonce: 7 })],
    ['that is no JWT', async () => 'nonsense'],
    ['that comes twice', async () => `${await proofOf(key)}, ${await proofOf(key)}`],
  ])('%s is refused', async (_title, proof) => {
    expect(outcome(await ask(await proof()))).toEqual(refused);
  });

  test('may carry a query and a fragment in its address, which count for nothing', async () => {
    expect((await ask(await proofOf(key, { claims: { htu: `${origin}/oauth/token?x=1#y` } }))).status).toBe(200);
  });

  test.each([-400, 400])('dated %i s from now needs a nonce, and is accepted with it', async (seconds) => {
    const iat = inSeconds(seconds);
    const first = await ask(await proofOf(key, { claims: { iat } }));
    expect(outcome(first)).toEqual({ status: 400, error: 'use_dpop_nonce' });
    const nonce = first.headers.get('dpop-nonce') ?? '';
    makeAnotherProvider();
    expect((await ask(await proofOf(key, { claims: { iat, nonce } }))).status).toBe(200);
  });

  test('with an unknown nonce is asked for a valid one', async () => {
    const answer = await ask(await proofOf(key, { claims: { nonce: 'nobody’s' } }));
    expect(outcome(answer)).toEqual({ status: 400, error: 'use_dpop_nonce' });
    expect(answer.headers.get('dpop-nonce')).toMatch(/^[\w-]{20,}$/);
  });

  test('works once: of ten at once one is answered, and none by a new provider instance', async () => {
    const proof = await proofOf(key);
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(proof)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 400)]);
    makeAnotherProvider();
    expect((await ask(proof)).status).toBe(400);
  });

  test('that is dated ahead is remembered until its date is too long ago', async () => {
    const before = Date.now();
    const proof = await proofOf(key, { claims: { iat: inSeconds(290) } });
    expect((await ask(proof)).status).toBe(200);
    const uses = await db.select().from(artifacts).where(eq(artifacts.kind, 'ReplayDetection'));
    const latest = Math.max(...uses.map(({ expiresAt }) => expiresAt?.getTime() ?? 0));
    expect(latest).toBeGreaterThan(before + (290 + 300) * 1000);
  });

  test.each(['/oauth2/token', '/oauth2/tokens', '/o/token/', '/v2/oauth/token'])(
    'is not accepted at a vendor’s spelling: %s',
    async (path) => {
      for (const proof of [await proofOf(key), await proofOf(key, { path })])
        expect(outcome(await ask(proof, machine, path))).toEqual({ status: 400, error: 'invalid_request' });
      expect((await askToken(machine, {}, path)).body.token_type).toBe('Bearer');
    },
  );
});

describe('a client that is registered for bound tokens only', () => {
  test('gets none without a proof, at any path', async () => {
    const bound = await aMachine({ dpopBoundAccessTokens: true });
    for (const path of ['/oauth/token', '/oauth2/token'])
      expect(outcome(await askToken(bound, {}, path))).toEqual({ status: 400, error: 'invalid_grant' });
    expect((await ask(await proofOf(key), bound)).body.token_type).toBe('DPoP');
  });
});

describe('programs in browsers', () => {
  test('may send a proof, and read the nonce', async () => {
    const page = 'https://app.example';
    const own = await aMachine({ allowedOrigins: [page] });
    const headers = { authorization: basic(own), origin: page, dpop: await proofOf(key) };
    const answer = await post('/oauth/token', { grant_type: 'client_credentials' }, headers);
    expect(answer.headers.get('access-control-expose-headers')?.toLowerCase()).toContain('dpop-nonce');
    expect(answer.headers.get('dpop-nonce')).toMatch(/./);
    const preflight = await fetch(`${origin}/oauth/token`, {
      method: 'OPTIONS',
      headers: { origin: page, 'access-control-request-method': 'POST', 'access-control-request-headers': 'dpop' },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('dpop');
  });
});

describe('a grant', () => {
  /** A public app, a code for it, and what it needs to redeem that. */
  async function aCode(changes: Record<string, string> = {}) {
    const app = await aWebApp({ tokenEndpointAuthMethod: 'none', applicationType: 'spa' });
    const { verifier, challenge } = pkce();
    const asked = { code_challenge: challenge, code_challenge_method: 'S256', ...changes };
    const code = (await authorize(await aPersonsAgent(), app, asked)).get('code') ?? '';
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: callback,
      code_verifier: verifier,
      client_id: app.clientId,
    };
    return { app, redeem: async (by: ClientKey) => post('/oauth/token', form, { dpop: await proofOf(by) }), form };
  }

  test('the access token shows its person to the holder of the key and to nobody else', async () => {
    const { redeem } = await aCode();
    const { body } = await redeem(key);
    expect(body).toMatchObject({ token_type: 'DPoP', refresh_token: expect.any(String) });
    const token: string = body.access_token;
    const at = { method: 'GET', path: '/oauth/userinfo', token };
    const by = async (dpop: string | undefined, scheme = 'DPoP') =>
      (await userinfo(token, { headers: { authorization: `${scheme} ${token}`, ...(dpop !== undefined && { dpop }) } }))
        .status;
    const once = await proofOf(key, at);
    expect(await by(once)).toBe(200);
    expect(await by(once)).toBe(401);
    expect(await by(await proofOf(await aKey(), at))).toBe(401);
    expect(await by(await proofOf(key, { ...at, token: 'another' }))).toBe(401);
    expect(await by(await proofOf(key, { method: 'GET', path: '/oauth/userinfo' }))).toBe(401);
    expect(await by(undefined, 'Bearer')).toBe(401);
    expect(await by(await proofOf(key, at), 'Bearer')).toBe(400);
  });

  test('the refresh token of a public client is bound to the key too', async () => {
    const { app, redeem } = await aCode();
    const { body } = await redeem(key);
    const form = { grant_type: 'refresh_token', refresh_token: body.refresh_token, client_id: app.clientId };
    expect(outcome(await post('/oauth/token', form))).toEqual({ status: 400, error: 'invalid_grant' });
    expect(outcome(await post('/oauth/token', form, { dpop: await proofOf(await aKey()) }))).toEqual({
      status: 400,
      error: 'invalid_grant',
    });
    const again = await post('/oauth/token', form, { dpop: await proofOf(key) });
    expect({ status: again.status, type: again.body.token_type }).toEqual({ status: 200, type: 'DPoP' });
  });

  test('dpop_jkt: the code is good with that key only', async () => {
    const jkt = await calculateJwkThumbprint(key.jwk);
    expect(outcome(await (await aCode({ dpop_jkt: jkt })).redeem(await aKey()))).toEqual({
      status: 400,
      error: 'invalid_grant',
    });
    const { form } = await aCode({ dpop_jkt: jkt });
    expect(outcome(await post('/oauth/token', form))).toEqual({ status: 400, error: 'invalid_grant' });
    expect((await (await aCode({ dpop_jkt: jkt })).redeem(key)).body.token_type).toBe('DPoP');
  });
});
