import { calculateJwkThumbprint, decodeJwt, type JWTPayload } from 'jose';
import {
  buildAuthorizationUrlWithPAR,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  getDPoPHandle,
  randomDPoPKeyPair,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { anOwner } from '#support/actors';
import { aPersonsAgent, authorizationUrl, callback, decide } from '#support/authorizing';
import { aKey, aKeyedClient, assertionOf, assertionType, type ClientKey, inSeconds } from '#support/client-keys';
import { db } from '#support/database';
import { authOf } from '#support/dynamic-relying-party';
import { origin } from '#support/listening';
import { post } from '#support/oauth';
import { proofOf } from '#support/possession';
import { allow, follow, push, pushedUrl } from '#support/pushing';
import { discovered, exchangeCode } from '#support/relying-party';

type Changes = Record<string, string | undefined>;
type Client = { clientId: string; key: ClientKey };

/** A client as the profile wants it: pushes its requests, shows a key, and its tokens are good with a key only. */
async function aClient(alg = 'PS256'): Promise<Client> {
  const key = await aKey(alg);
  const clientId = await aKeyedClient(await anOwner(db), {
    applicationType: 'web',
    requirePkce: true,
    requirePushedAuthorizationRequests: true,
    dpopBoundAccessTokens: true,
    grantTypes: ['authorization_code', 'refresh_token'],
    responseTypes: ['code'],
    redirectUris: [callback],
    scopes: ['openid', 'profile', 'email', 'offline_access', 'read'],
    jwks: { keys: [key.jwk] },
  });
  return { clientId, key };
}

let app: Client;
let other: Client;
let possessed: ClientKey;
let agent: Awaited<ReturnType<typeof aPersonsAgent>>;
beforeAll(async () => {
  [app, other, possessed, agent] = await Promise.all([aClient(), aClient(), aKey(), aPersonsAgent()]);
});
afterEach(() => {
  vi.useRealTimers();
});
const later = (seconds: number) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + seconds * 1000);
};

const shownBy = async ({ clientId, key }: Client, claims: JWTPayload = {}) => ({
  client_id: clientId,
  client_assertion: await assertionOf(clientId, key, claims),
  client_assertion_type: assertionType,
});
const nameOf = ({ clientId }: Client) => ({ clientId, secret: '' });

/** Pushes a request as it should be, but for what is told. */
const pushed = async (changes: Changes = {}, headers: Record<string, string> = {}, client = app) =>
  push(nameOf(client), { ...(await shownBy(client)), nonce: 'a-nonce', ...changes }, headers);

/** Has the person allow a request as it should be, but for what is told. */
async function authorized(changes: Changes = {}, headers: Record<string, string> = {}, beside = '') {
  const { status, body, verifier } = await pushed(changes, headers);
  expect({ status, body }).toMatchObject({ status: 201 });
  const url = `${pushedUrl(app, body.request_uri)}${beside}`;
  const first = await follow(agent, url);
  const arrived = new URL(first.startsWith(`${origin}/consent/`) ? await decide(agent, first, 'allow') : first);
  const { code = '', ...answer } = Object.fromEntries(arrived.searchParams);
  expect(code).not.toBe('');
  return { code, answer, verifier, requestUri: body.request_uri as string };
}

type Sent = { code: string; verifier: string };
/** Redeems a code as it should be, but for what is told. */
async function redeem({ code, verifier }: Sent, changes: Changes = {}, dpop?: string | null) {
  const proof = dpop === undefined ? await proofOf(possessed) : dpop;
  const form = {
    ...(await shownBy(app)),
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: callback,
    ...changes,
  };
  const given = Object.entries(form).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return post('/oauth/token', Object.fromEntries(given), proof === null ? {} : { dpop: proof });
}

/** Tokens of the whole flow. */
async function tokens(changes: Changes = {}) {
  const { status, body } = await redeem(await authorized(changes));
  expect({ status, type: body.token_type }).toEqual({ status: 200, type: 'DPoP' });
  return body as { access_token: string; refresh_token: string; id_token: string };
}

const userinfoProof = (token: string, changes: Parameters<typeof proofOf>[1] = {}, key = possessed) =>
  proofOf(key, { method: 'GET', path: '/oauth/userinfo', token, ...changes });
/** The status that the protected resource answers with. */
async function ask(token: string, dpop: string | undefined, scheme = 'DPoP') {
  const headers: Record<string, string> = { authorization: `${scheme} ${token}`, ...(dpop && { dpop }) };
  return (await fetch(`${origin}/oauth/userinfo`, { headers })).status;
}

const outcome = ({ status, body }: { status: number; body: { error?: string } }) => [status, body.error];
const invalidGrant = [400, 'invalid_grant'];
const invalidClient = [401, 'invalid_client'];
const invalidRequest = [400, 'invalid_request'];

describe('the flow', () => {
  test('fapi2-security-profile-final-happy-flow', async () => {
    for (const client of [app, other]) {
      const config = await discovered(client.clientId, authOf(client.key));
      const DPoP = getDPoPHandle(config, await randomDPoPKeyPair('ES256'));
      const pkceCodeVerifier = randomPKCECodeVerifier();
      const request = { redirect_uri: callback, scope: 'openid profile', state: randomState(), nonce: randomNonce() };
      const code_challenge = await calculatePKCECodeChallenge(pkceCodeVerifier);
      const proof = { code_challenge, code_challenge_method: 'S256', dpop_jkt: await DPoP.calculateThumbprint() };
      const url = await buildAuthorizationUrlWithPAR(config, { ...request, ...proof }, { DPoP });
      const first = await follow(agent, url.href);
      const arrived = first.startsWith(`${origin}/consent/`) ? await decide(agent, first, 'allow') : first;
      expect(new URL(arrived).searchParams.get('iss')).toBe(origin);
      const got = await exchangeCode(config, arrived, request, { pkceCodeVerifier, DPoP });
      expect(got.token_type).toBe('dpop');
      expect((await fetchUserInfo(config, got.access_token, got.claims.sub, { DPoP })).sub).toBe(got.claims.sub);
      // Neither as a bearer's nor in the address.
      expect(await ask(got.access_token, undefined, 'Bearer')).toBe(401);
      expect((await fetch(`${origin}/oauth/userinfo?access_token=${got.access_token}`)).status).toBeGreaterThan(399);
    }
  });

  test('fapi2-security-profile-final-discovery-end-point-verification', async () => {
    const metadata = await (await fetch(`${origin}/.well-known/openid-configuration`)).json();
    expect(metadata).toMatchObject({
      pushed_authorization_request_endpoint: `${origin}/oauth/par`,
      authorization_response_iss_parameter_supported: true,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: expect.arrayContaining(['private_key_jwt']),
      token_endpoint_auth_signing_alg_values_supported: expect.arrayContaining(['PS256', 'ES256', 'EdDSA']),
      dpop_signing_alg_values_supported: expect.arrayContaining(['PS256', 'ES256', 'EdDSA']),
    });
    expect([undefined, true, false]).toContain(metadata.require_pushed_authorization_requests);
  });

  test('fapi2-security-profile-final-ensure-other-scope-order-succeeds', async () => {
    const { body } = await redeem(await authorized({ scope: 'read profile openid' }));
    expect(body.scope.split(' ').toSorted()).toEqual(['openid', 'profile', 'read']);
  });

  test('fapi2-security-profile-final-user-rejects-authentication', async () => {
    const { body } = await pushed({ prompt: 'consent' });
    const page = await follow(agent, pushedUrl(app, body.request_uri));
    const { searchParams } = new URL(await decide(agent, page, 'cancel'));
    expect(Object.fromEntries(searchParams)).toMatchObject({ error: 'access_denied', state: 'a-state', iss: origin });
  });

  test.each([
    ['fapi2-security-profile-final-ensure-authorization-request-with-64-char-nonce-success', 'n'.repeat(64)],
    ['fapi2-security-profile-final-ensure-authorization-request-with-long-nonce', 'n'.repeat(384)],
    ['fapi2-security-profile-final-ensure-authorization-request-without-nonce-success', undefined],
  ])('%s', async (_module, nonce) => {
    expect(decodeJwt((await tokens({ nonce })).id_token).nonce).toBe(nonce);
  });

  test.each([
    ['fapi2-security-profile-final-ensure-authorization-request-with-long-state', 's'.repeat(384)],
    ['fapi2-security-profile-final-ensure-authorization-request-without-state-success', undefined],
  ])('%s', async (_module, state) => {
    const sent = await authorized({ state });
    expect(sent.answer.state).toBe(state);
    expect(decodeJwt((await redeem(sent)).body.id_token)).not.toHaveProperty('s_hash');
  });

  test('fapi2-security-profile-final-test-claims-parameter-identity-claims', async () => {
    const { claims_supported } = await (await fetch(`${origin}/.well-known/openid-configuration`)).json();
    const identity = ['name', 'updated_at', 'email', 'email_verified'];
    expect(claims_supported).toEqual(expect.arrayContaining(identity));
    const asked = { name: null, updated_at: null, email: { essential: true }, email_verified: {}, unheard_of: null };
    const got = await tokens({ claims: JSON.stringify({ id_token: asked, userinfo: asked }) });
    const headers = { authorization: `DPoP ${got.access_token}`, dpop: await userinfoProof(got.access_token) };
    const told = await (await fetch(`${origin}/oauth/userinfo`, { headers })).json();
    const known = { ...decodeJwt(got.id_token), ...told };
    for (const name of identity) expect(known, name).toHaveProperty(name);
    expect(known).not.toHaveProperty('unheard_of');
  });

  test('fapi2-security-profile-final-refresh-token', async () => {
    const first = await tokens({ scope: 'openid offline_access', prompt: 'consent' });
    const form = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
    const dpop = () => proofOf(possessed);
    const refreshed = await post('/oauth/token', { ...form, ...(await shownBy(app)) }, { dpop: await dpop() });
    expect({ ...refreshed.body, status: refreshed.status }).toMatchObject({ status: 200, token_type: 'DPoP' });
    expect(refreshed.body.access_token).not.toBe(first.access_token);
    // The profile wants no rotation for clients that show who they are.
    expect([undefined, first.refresh_token]).toContain(refreshed.body.refresh_token);
    const byOther = await post('/oauth/token', { ...form, ...(await shownBy(other)) }, { dpop: await dpop() });
    expect(outcome(byOther)).toEqual(invalidGrant);
    const byNobody = await post('/oauth/token', { ...form, client_id: app.clientId }, { dpop: await dpop() });
    expect(outcome(byNobody)).toEqual(invalidClient);
    const withoutKey = await post('/oauth/token', { ...form, ...(await shownBy(app)) });
    expect(withoutKey.status).toBe(400);
  });
});

describe('the code', () => {
  test('fapi2-security-profile-final-attempt-reuse-authorization-code-after-one-second', async () => {
    const sent = await authorized();
    const { access_token } = (await redeem(sent)).body;
    later(1);
    expect(outcome(await redeem(sent))).toEqual(invalidGrant);
    expect(await ask(access_token, await userinfoProof(access_token))).toBe(401);
  });

  test('fapi2-security-profile-final-ensure-token-endpoint-fails-with-expired-auth-code', async () => {
    const sent = await authorized();
    later(62);
    expect(outcome(await redeem(sent))).toEqual(invalidGrant);
  });

  test('fapi2-security-profile-final-ensure-authorization-code-is-bound-to-client', async () => {
    expect(outcome(await redeem(await authorized(), await shownBy(other)))).toEqual(invalidGrant);
  });

  test('fapi2-security-profile-final-ensure-client-id-in-token-endpoint', async () => {
    // All of it names the other client, and the key is the first one's.
    const mixed = await shownBy({ clientId: other.clientId, key: app.key });
    const { status, body } = await redeem(await authorized(), mixed);
    expect([400, 401]).toContain(status);
    expect(['invalid_client', 'invalid_grant']).toContain(body.error);
  });

  test('fapi2-security-profile-final-ensure-pkce-code-verifier-required', async () => {
    expect(outcome(await redeem(await authorized(), { code_verifier: undefined }))).toEqual(invalidGrant);
  });

  test('fapi2-security-profile-final-incorrect-pkce-code-verifier-rejected', async () => {
    expect(outcome(await redeem(await authorized(), { code_verifier: randomPKCECodeVerifier() }))).toEqual(
      invalidGrant,
    );
  });
});

describe('the client shows who it is', () => {
  test('fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint', async () => {
    const nothing = { client_assertion: undefined, client_assertion_type: undefined };
    expect(outcome(await redeem(await authorized(), nothing))).toEqual(invalidClient);
  });

  test.each<[string, JWTPayload]>([
    [
      'fapi2-security-profile-final-ensure-client-assertion-with-exp-is-5-minutes-in-past-fails',
      { exp: inSeconds(-300) },
    ],
    ['fapi2-security-profile-final-ensure-client-assertion-with-no-sub-fails', { sub: undefined as unknown as string }],
    ['fapi2-security-profile-final-ensure-client-assertion-with-wrong-aud-fails', { aud: 'https://other.example' }],
  ])('%s', async (_module, claims) => {
    expect(outcome(await redeem(await authorized(), await shownBy(app, claims)))).toEqual(invalidClient);
  });

  test('fapi2-security-profile-final-ensure-signed-client-assertion-with-RS256-fails', async () => {
    // The same key, which was registered for PS256.
    const { subtle } = crypto;
    const jwk = { ...(await subtle.exportKey('jwk', app.key.privateKey)), alg: 'RS256' };
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const privateKey = await subtle.importKey('jwk', jwk, algorithm, false, ['sign']);
    const client_assertion = await assertionOf(app.clientId, { ...app.key, alg: 'RS256', privateKey });
    expect(outcome(await redeem(await authorized(), { client_assertion }))).toEqual(invalidClient);
  });

  test.each<[string, string | string[]]>([
    ['fapi2-security-profile-final-par-test-array-as-audience-fails', [origin, 'https://other.example']],
    ['fapi2-security-profile-final-par-test-par-endpoint-url-as-audience-fails', `${origin}/oauth/par`],
    ['fapi2-security-profile-final-par-test-token-endpoint-url-as-audience-fails', `${origin}/oauth/token`],
  ])('%s', async (_module, aud) => {
    expect(outcome(await pushed(await shownBy(app, { aud })))).toEqual(invalidClient);
  });

  test('fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted', async () => {
    const ahead = { iat: inSeconds(8), nbf: inSeconds(8) };
    expect((await pushed(await shownBy(app, ahead))).status).toBe(201);
  });

  test('fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails', async () => {
    const ahead = { iat: inSeconds(70), nbf: inSeconds(70), exp: inSeconds(130) };
    expect(outcome(await pushed(await shownBy(app, ahead)))).toEqual(invalidClient);
  });
});

describe('what is pushed', () => {
  test('fapi2-security-profile-final-ensure-unsigned-authorization-request-without-using-par-fails', async () => {
    const proof = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' };
    const arrived = new URL(await follow(agent, authorizationUrl(app, proof)));
    expect(arrived.searchParams.get('error')).toBe('invalid_request');
    expect(arrived.searchParams.get('state')).toBe('a-state');
  });

  test.each<[string, Changes]>([
    ['fapi2-security-profile-final-ensure-redirect-uri-in-authorization-request', { redirect_uri: undefined }],
    ['fapi2-security-profile-final-ensure-request-object-without-redirect-uri-fails', { redirect_uri: undefined }],
    ['fapi2-security-profile-final-plain-fapi-tolerate-unregistered-redirect-uri', { redirect_uri: `${callback}/2` }],
    [
      'fapi2-security-profile-final-par-ensure-pkce-required',
      { code_challenge: undefined, code_challenge_method: undefined },
    ],
    ['fapi2-security-profile-final-par-plain-pkce-rejected', { code_challenge_method: 'plain' }],
    [
      'fapi2-security-profile-final-par-authorization-request-containing-request_uri-form-param',
      { request_uri: 'urn:ietf:params:oauth:request_uri:another' },
    ],
  ])('%s', async (_module, changes) => {
    expect(outcome(await pushed(changes))).toEqual(invalidRequest);
  });

  test.each([
    ['fapi2-security-profile-final-ensure-response-type-code-idtoken-fails', 'code id_token'],
    ['fapi2-security-profile-final-ensure-response-type-token-fails', 'token'],
  ])('%s', async (_module, response_type) => {
    const { status, body } = await pushed({ response_type });
    expect(status).toBe(400);
    expect(['unsupported_response_type', 'invalid_request', 'unauthorized_client']).toContain(body.error);
  });

  test('fapi2-security-profile-final-par-attempt-invalid-http-method', async () => {
    for (const method of ['GET', 'PUT']) expect((await fetch(`${origin}/oauth/par`, { method })).status).toBe(405);
  });

  test('fapi2-security-profile-final-par-without-duplicate-parameters', async () => {
    const { body } = await pushed();
    const url = pushedUrl(app, body.request_uri);
    expect([...new URL(url, origin).searchParams.keys()]).toEqual(['client_id', 'request_uri']);
    expect((await allow(agent, app, body.request_uri)).searchParams.has('code')).toBe(true);
  });

  test('fapi2-security-profile-final-ensure-different-nonce-inside-and-outside-request-object', async () => {
    const { body } = await redeem(await authorized({}, {}, '&nonce=another'));
    expect(decodeJwt(body.id_token).nonce).toBe('a-nonce');
  });

  test('fapi2-security-profile-final-ensure-different-state-inside-and-outside-request-object', async () => {
    expect((await authorized({}, {}, '&state=another')).answer.state).toBe('a-state');
  });

  test('fapi2-security-profile-final-state-only-outside-request-object-not-used', async () => {
    expect((await authorized({ state: undefined }, {}, '&state=outside')).answer).not.toHaveProperty('state');
  });

  /** Where the person's browser ends up: nowhere, or at the client with that error. */
  async function expectInvalid(url: string) {
    const arrived = await follow(agent, url);
    if (!/^\d+$/.test(arrived)) expect(new URL(arrived).searchParams.get('error')).toBe('invalid_request_uri');
    expect(arrived).not.toMatch(/[?&]code=|\/consent\//);
  }

  test('fapi2-security-profile-final-par-attempt-reuse-request_uri', async () => {
    const { requestUri } = await authorized();
    await expectInvalid(pushedUrl(app, requestUri));
  });

  test('fapi2-security-profile-final-par-attempt-to-use-expired-request_uri', async () => {
    const { body } = await pushed();
    later(body.expires_in + 1);
    await expectInvalid(pushedUrl(app, body.request_uri));
  });

  test('fapi2-security-profile-final-par-attempt-to-use-request_uri-for-different-client', async () => {
    await expectInvalid(pushedUrl(other, (await pushed()).body.request_uri));
  });

  test('fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds', async () => {
    const { body } = await pushed({ prompt: 'consent' });
    expect(await follow(agent, pushedUrl(app, body.request_uri))).toMatch(/\/consent\//);
    expect((await allow(agent, app, body.request_uri)).searchParams.has('code')).toBe(true);
  });
});

describe('DPoP', () => {
  test('fapi2-security-profile-final-ensure-holder-of-key-required', async () => {
    const { status, body } = await redeem(await authorized(), {}, null);
    expect(status).toBe(400);
    expect(['invalid_dpop_proof', 'invalid_request', 'invalid_grant']).toContain(body.error);
  });

  test('fapi2-security-profile-final-access-token-type-header-case-sensitivity', async () => {
    const { access_token } = await tokens();
    for (const scheme of ['DPoP', 'dpOp', 'DPOP'])
      expect(await ask(access_token, await userinfoProof(access_token), scheme), scheme).toBe(200);
  });

  test.each<[string, () => JWTPayload]>([
    ['fapi2-security-profile-final-check-dpop-proof-nbf-exp', () => ({ nbf: inSeconds(0), exp: inSeconds(300) })],
    ['fapi2-security-profile-final-ensure-dpopproof-with-iat-10seconds-after-succeeds', () => ({ iat: inSeconds(10) })],
    [
      'fapi2-security-profile-final-ensure-dpopproof-with-iat-10seconds-before-succeeds',
      () => ({ iat: inSeconds(-10) }),
    ],
  ])('%s', async (_module, claims) => {
    const at = (path: string) => proofOf(possessed, { path, claims: claims() });
    const sent = await authorized({}, { dpop: await at('/oauth/par') });
    const { status, body } = await redeem(sent, {}, await at('/oauth/token'));
    expect(status).toBe(200);
    expect(await ask(body.access_token, await userinfoProof(body.access_token, { claims: claims() }))).toBe(200);
  });

  test('fapi2-security-profile-final-dpop-negative-tests', async () => {
    const { access_token: token } = await tokens();
    const proof = (changes: Parameters<typeof proofOf>[1] = {}, key = possessed) => userinfoProof(token, changes, key);
    const changed = (claims: Record<string, unknown>) => proof({ claims });
    const right = await proof();
    const [head = '', body = '', signature = ''] = right.split('.');
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { d: _d, ...publicJwk } = possessed.jwk;
    const bad: Record<string, string | undefined> = {
      'no proof': undefined,
      'two proofs': `${await proof()}, ${await proof()}`,
      'not well-formed': 'not.a.jwt',
      'no typ': await proof({ header: { typ: undefined } }),
      'another typ': await proof({ header: { typ: 'JWT' } }),
      'no alg': `${encoded({ typ: 'dpop+jwt', jwk: publicJwk })}.${body}.${signature}`,
      'alg none': `${encoded({ typ: 'dpop+jwt', alg: 'none', jwk: publicJwk })}.${body}.`,
      'another alg': `${encoded({ typ: 'dpop+jwt', alg: 'PS256', jwk: publicJwk })}.${body}.${signature}`,
      'no jwk': await proof({ header: { jwk: undefined } }),
      'a private jwk': await proof({ header: { jwk: { ...publicJwk, d: 'AAAA' } } }),
      'a broken signature': `${head}.${body}.${Buffer.alloc(64, 1).toString('base64url')}`,
      'no jti': await changed({ jti: undefined }),
      'no htm': await changed({ htm: undefined }),
      'no htu': await changed({ htu: undefined }),
      'no iat': await changed({ iat: undefined }),
      'no ath': await changed({ ath: undefined }),
      'another ath': await changed({ ath: Buffer.alloc(32).toString('base64url') }),
      'another method': await changed({ htm: 'PUT' }),
      'another address': await changed({ htu: 'https://other.example/resource' }),
      'an hour ahead': await changed({ iat: inSeconds(3600) }),
      'an hour ago': await changed({ iat: inSeconds(-3600) }),
      'another key': await proof({}, await aKey()),
    };
    for (const [title, dpop] of Object.entries(bad)) {
      const status = await ask(token, dpop);
      expect([400, 401], `${title}: ${status}`).toContain(status);
    }
    expect([400, 401]).toContain(await ask(token, right, 'Bearer'));
    const once = await proof();
    expect([await ask(token, once), await ask(token, once)]).toEqual([200, 401]);
    // RFC 9449 §4.3: query and fragment are no part of the comparison.
    expect(await ask(token, await changed({ htu: `${origin}/oauth/userinfo?a=b#c` }))).toBe(200);
  });

  test('fapi2-security-profile-final-ensure-dpop-auth-code-binding-success', async () => {
    const dpop_jkt = await calculateJwkThumbprint(possessed.jwk);
    const dpop = await proofOf(possessed, { path: '/oauth/par' });
    expect((await redeem(await authorized({ dpop_jkt }, { dpop }))).status).toBe(200);
  });

  test('fapi2-security-profile-final-ensure-dpopproof-at-par-endpoint-binding-success', async () => {
    const dpop = await proofOf(possessed, { path: '/oauth/par' });
    expect((await redeem(await authorized({}, { dpop }))).status).toBe(200);
  });

  test('fapi2-security-profile-final-ensure-mismatched-dpop-jkt-fails', async () => {
    const dpop_jkt = await calculateJwkThumbprint((await aKey()).jwk);
    const { status, body } = await pushed({ dpop_jkt }, { dpop: await proofOf(possessed, { path: '/oauth/par' }) });
    expect(status).toBe(400);
    expect(['invalid_request', 'invalid_dpop_proof']).toContain(body.error);
  });

  test.each<[string, (key: ClientKey) => Promise<[Changes, Record<string, string>]>]>([
    [
      'fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-jkt',
      async ({ jwk }) => [{ dpop_jkt: await calculateJwkThumbprint(jwk) }, {}],
    ],
    [
      'fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt',
      async (key) => [{}, { dpop: await proofOf(key, { path: '/oauth/par' }) }],
    ],
  ])('%s', async (_module, bind) => {
    const { status, body } = await redeem(await authorized(...(await bind(await aKey()))));
    expect(status).toBe(400);
    expect(['invalid_request', 'invalid_grant', 'invalid_dpop_proof']).toContain(body.error);
  });
});
