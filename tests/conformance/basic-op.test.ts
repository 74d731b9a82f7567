import { eq } from 'drizzle-orm';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import {
  ClientSecretPost,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomPKCECodeVerifier,
  refreshTokenGrant,
} from 'openid-client';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { sessions } from '#db/schema/user';
import { anAgent, aPersonsAgent, callback, redeem, refresh, userinfo } from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import {
  allow,
  aRelyingParty,
  aRequest,
  arrive,
  type Changes,
  discovered,
  exchangeCode,
  isPage,
  runFlow,
  signInAt,
} from '#support/relying-party';

let app: Awaited<ReturnType<typeof aRelyingParty>>;
let agent: Awaited<ReturnType<typeof aPersonsAgent>>;
beforeAll(async () => {
  app = await aRelyingParty();
  agent = await aPersonsAgent({ name: 'Ada Lovelace' });
});
afterEach(() => {
  vi.useRealTimers();
});
const subject = () => agent.person.actor.userId;
const later = (seconds: number) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + seconds * 1000);
};
const flow = (changes: Changes = {}) => runFlow(agent, app.config, changes);
const answerOf = (arrived: string) => {
  const { origin: at, pathname, searchParams } = new URL(arrived);
  return { at: at + pathname, ...Object.fromEntries(searchParams) } as Record<string, string>;
};

describe('the flow', () => {
  test('oidcc-server', async () => {
    const { url, parameters } = aRequest(app.config);
    const arrived = await allow(agent, await arrive(agent, url));
    const tokens = await exchangeCode(app.config, arrived, parameters);
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
    expect(tokens.code.length).toBeGreaterThanOrEqual(22); // 128 bits
    expect(tokens.claims).toMatchObject({ iss: origin, aud: app.clientId, sub: subject(), nonce: parameters.nonce });
    // Nothing of the person that was not asked for.
    const known = ['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'at_hash', 'amr', 'acr', 'azp', 'sid'];
    expect(Object.keys(tokens.claims).filter((name) => !known.includes(name))).toEqual([]);
  });

  test('oidcc-alternate-happy-flow', async () => {
    const { url } = aRequest(app.config, { scope: 'email profile openid' });
    const turned = [...url.searchParams].reverse();
    url.search = new URLSearchParams(turned).toString();
    const arrived = await allow(agent, await arrive(agent, url));
    const { state, nonce } = Object.fromEntries(turned);
    expect((await exchangeCode(app.config, arrived, { state, nonce })).scope?.split(' ').toSorted()).toEqual([
      'email',
      'openid',
      'profile',
    ]);
  });

  test('oidcc-ensure-post-request-succeeds', async () => {
    const { url, parameters } = aRequest(app.config);
    const asked = await agent.go(url.pathname, { method: 'POST', body: url.searchParams });
    expect(asked.status).toBe(303);
    const arrived = await allow(agent, new URL(asked.headers.get('location') ?? '', origin).href);
    expect((await exchangeCode(app.config, arrived, parameters)).claims.sub).toBe(subject());
  });

  test('oidcc-server-client-secret-post', async () => {
    const posting = await aRelyingParty({ tokenEndpointAuthMethod: 'client_secret_post' });
    const config = await discovered(posting.clientId, ClientSecretPost(posting.secret));
    expect((await runFlow(agent, config)).claims.aud).toBe(posting.clientId);
  });

  test('oidcc-ensure-request-with-valid-pkce-succeeds', async () => {
    const pkceCodeVerifier = randomPKCECodeVerifier();
    const code_challenge = await calculatePKCECodeChallenge(pkceCodeVerifier);
    const proof = { code_challenge, code_challenge_method: 'S256' };
    const tokens = await runFlow(agent, app.config, proof, { pkceCodeVerifier });
    expect(tokens.claims.sub).toBe(subject());
  });

  test.each<[string, Changes]>([
    ['oidcc-ensure-request-without-nonce-succeeds-for-code-flow', { nonce: undefined }],
    ['oidcc-display-page', { display: 'page' }],
    ['oidcc-display-popup', { display: 'popup' }],
    ['oidcc-login-hint', { login_hint: 'buffy@app.example.com' }],
    ['oidcc-ui-locales', { ui_locales: 'se' }],
    ['oidcc-claims-locales', { claims_locales: 'se' }],
    ['oidcc-ensure-request-with-unknown-parameter-succeeds', { extra: 'foobar' }],
    ['oidcc-ensure-request-with-acr-values-succeeds', { acr_values: '1 2' }],
  ])('%s', async (_module, changes) => {
    // A browser in which nobody is signed in, as those modules want it.
    const fresh = await anAgent();
    const { url, parameters } = aRequest(app.config, changes);
    const page = await arrive(fresh, url);
    expect(page).toSatisfy(isPage);
    const arrived = await allow(fresh, await signInAt(fresh, page, agent.person));
    const { claims } = await exchangeCode(app.config, arrived, parameters);
    expect(claims).toMatchObject({ sub: subject() });
    expect(claims.nonce).toBe(parameters.nonce);
  });

  test('oidcc-response-type-missing', async () => {
    const { url, parameters } = aRequest(app.config);
    url.searchParams.delete('response_type');
    expect(answerOf(await arrive(agent, url))).toMatchObject({
      at: callback,
      error: 'invalid_request',
      state: parameters.state,
      iss: origin,
    });
  });
});

describe('the ID token', () => {
  test('oidcc-idtoken-signature', async () => {
    const { id_token } = await flow();
    expect(decodeProtectedHeader(id_token)).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
  });
});

describe('userinfo and scopes', () => {
  test('oidcc-userinfo-get', async () => {
    const { access_token, claims } = await flow();
    expect(await fetchUserInfo(app.config, access_token, claims.sub)).toEqual({ sub: subject() });
  });

  test('oidcc-userinfo-post-header', async () => {
    const { access_token } = await flow();
    const answer = await userinfo(access_token, {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(answer).toMatchObject({ status: 200, body: { sub: subject() } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  });

  test('oidcc-userinfo-post-body', async () => {
    const { access_token } = await flow();
    const answer = await userinfo(access_token, {
      method: 'POST',
      headers: {},
      body: new URLSearchParams({ access_token }),
    });
    expect(answer).toMatchObject({ status: 200, body: { sub: subject() } });
  });

  test('oidcc-scope-profile', async () => {
    const { access_token, claims } = await flow({ scope: 'openid profile' });
    const told = await fetchUserInfo(app.config, access_token, claims.sub);
    expect(told).toEqual({ sub: subject(), name: 'Ada Lovelace', updated_at: expect.any(Number) });
    // The suite would rather have it there only, and warns (OpenID Connect Core §5.4; see 0026).
    expect(claims).toMatchObject({ name: 'Ada Lovelace' });
    expect(claims).not.toHaveProperty('email');
  });

  test('oidcc-scope-email', async () => {
    const { access_token, claims } = await flow({ scope: 'openid email' });
    const told = await fetchUserInfo(app.config, access_token, claims.sub);
    expect(told).toEqual({ sub: subject(), email: `${subject()}@example.com`, email_verified: true });
    expect(claims).toMatchObject({ email: told.email });
    expect(claims).not.toHaveProperty('name');
  });

  test('oidcc-claims-essential', async () => {
    const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
    const tokens = await flow({ claims });
    const told = await fetchUserInfo(app.config, tokens.access_token, tokens.claims.sub);
    expect(told).toMatchObject({ sub: subject(), name: 'Ada Lovelace' });
    expect(tokens.claims).not.toHaveProperty('name');
  });
});

describe('asked twice', () => {
  const again = (changes: Changes) => {
    const { url, parameters } = aRequest(app.config, changes);
    return { parameters, arrive: () => arrive(agent, url) };
  };

  /** Asks a person who signed in ten seconds ago, and has to sign in again the second time. */
  async function signInTwice(changes: Changes, options = {}) {
    const { person, ...browser } = await aPersonsAgent();
    const signedInAt = new Date(Date.now() - 10_000);
    await db.update(sessions).set({ createdAt: signedInAt }).where(eq(sessions.userId, person.actor.userId));
    const first = await runFlow(browser, app.config, { max_age: '15000' });
    const { url, parameters } = aRequest(app.config, changes);
    const page = await arrive(browser, url);
    expect(page).toSatisfy(isPage);
    const arrived = await allow(browser, await signInAt(browser, page, person));
    const second = await exchangeCode(app.config, arrived, parameters, options);
    expect(second.claims.sub).toBe(first.claims.sub);
    return { before: Number(first.claims.auth_time), after: second.claims.auth_time };
  }

  test('oidcc-prompt-login', async () => {
    const { before, after } = await signInTwice({ prompt: 'login' });
    // It may say when, and then it has to be later.
    expect(after ?? Number.POSITIVE_INFINITY).toBeGreaterThan(before);
  });

  test('oidcc-prompt-none-not-logged-in', async () => {
    const { url, parameters } = aRequest(app.config, { prompt: 'none' });
    expect(answerOf(await arrive(await anAgent(), url))).toMatchObject({
      at: callback,
      error: 'login_required',
      state: parameters.state,
      iss: origin,
    });
  });

  test('oidcc-prompt-none-logged-in', async () => {
    const first = await flow();
    const { parameters, arrive } = again({ prompt: 'none' });
    const second = await exchangeCode(app.config, await arrive(), parameters);
    expect(second.claims.sub).toBe(first.claims.sub);
    expect(second.claims.auth_time).toBe(first.claims.auth_time);
  });

  test('oidcc-max-age-1', async () => {
    const { before, after } = await signInTwice({ max_age: '1' }, { maxAge: 1 });
    expect(after).toBeGreaterThan(before);
    expect(Math.abs(Number(after) - Date.now() / 1000)).toBeLessThan(60);
  });

  test('oidcc-max-age-10000', async () => {
    const first = await flow({ max_age: '15000' });
    const { parameters, arrive } = again({ max_age: '10000' });
    const second = await exchangeCode(app.config, await arrive(), parameters, { maxAge: 10_000 });
    expect(second.claims).toMatchObject({ sub: first.claims.sub, auth_time: first.claims.auth_time });
    expect(first.claims.auth_time).toBeTypeOf('number');
  });

  test('oidcc-id-token-hint', async () => {
    const first = await flow();
    const { parameters, arrive } = again({ prompt: 'none', id_token_hint: first.id_token });
    const second = await exchangeCode(app.config, await arrive(), parameters);
    expect(second.claims.sub).toBe(first.claims.sub);
    expect(second.claims.auth_time).toBe(first.claims.auth_time);
  });
});

describe('what is refused', () => {
  test('oidcc-codereuse', async () => {
    const { code } = await flow();
    const { status, headers, body } = await redeem(app, code);
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_grant' });
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });

  test('oidcc-codereuse-30seconds', async () => {
    const { code, access_token } = await flow();
    later(30);
    expect((await redeem(app, code)).body.error).toBe('invalid_grant');
    expect((await userinfo(access_token)).status).toBe(401);
  });

  test('oidcc-ensure-registered-redirect-uri', async () => {
    const { url } = aRequest(app.config, { redirect_uri: `${callback}/unregistered` });
    const shown = await agent.go(url.href);
    expect(shown.headers.get('location')).toBeNull();
    expect(shown.headers.get('x-page')).toMatch(/^\/refused\//);
  });

  const unsigned = (claims: object) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none' })}.${part({ iss: app.clientId, aud: origin, ...claims })}.`;
  };

  test('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported', async () => {
    const { url, parameters } = aRequest(app.config);
    url.searchParams.set('request', unsigned({ ...parameters, client_id: app.clientId, response_type: 'code' }));
    expect(answerOf(await arrive(agent, url))).toMatchObject({
      at: callback,
      error: 'request_not_supported',
      state: parameters.state,
      iss: origin,
    });
  });

  test('oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported', async () => {
    const { url, parameters } = aRequest(app.config);
    url.searchParams.set('request_uri', 'https://app.example.com/request.jwt');
    expect(answerOf(await arrive(agent, url))).toMatchObject({
      at: callback,
      error: 'request_uri_not_supported',
      state: parameters.state,
      iss: origin,
    });
  });

  test('oidcc-ensure-request-object-with-redirect-uri', async () => {
    const { url } = aRequest(app.config, { redirect_uri: `${callback}/unregistered` });
    url.searchParams.set('request', unsigned({ client_id: app.clientId, redirect_uri: callback }));
    const shown = await agent.go(url.href);
    expect(shown.headers.get('location')).toBeNull();
    expect(shown.headers.get('x-page')).toMatch(/^\/refused\//);
  });
});

describe('refresh', () => {
  test('oidcc-refresh-token', async () => {
    const scope = 'openid offline_access';
    const first = await flow({ scope, prompt: 'consent' });
    const token = first.refresh_token ?? '';
    expect(token).toMatch(/^[\x20-\x7e]+$/);
    const second = await refreshTokenGrant(app.config, token);
    expect(second.access_token).not.toBe(first.access_token);
    expect((await userinfo(second.access_token)).body.sub).toBe(subject());
    const { iss, sub, aud, auth_time } = decodeJwt(second.id_token ?? '');
    const { claims } = first;
    expect({ iss, sub, aud, auth_time }).toEqual({
      iss: claims.iss,
      sub: claims.sub,
      aud: claims.aud,
      auth_time: claims.auth_time,
    });
    expect(Number(second.claims()?.iat)).toBeGreaterThanOrEqual(claims.iat);

    const other = await aRelyingParty();
    const { status, body } = await refresh(other, token);
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_grant' });
    expect((await runFlow(agent, other.config, { scope, prompt: 'consent' })).refresh_token).not.toBe(token);
  });
});
