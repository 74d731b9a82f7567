import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SignInDecisions } from '#lib/portal/next-auth';
import { freePort } from '#support/free-port';
import { type OpenIdProvider, startOpenIdProvider } from '#support/openid-provider';
import '#support/data-folder';

// What this portal uses of next-auth, against the installed version and a real OpenID provider.
const origin = `http://127.0.0.1:${await freePort()}`;
let provider: OpenIdProvider;
let portal: typeof import('#lib/portal/next-auth');
let asked: (path: string, init?: { cookies: Jar; body?: Record<string, string> }) => Promise<Response>;

beforeAll(async () => {
  provider = await startOpenIdProvider(origin);
  Object.assign(process.env, {
    APP_URL: origin,
    NEXTAUTH_URL: origin,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
  });
  // next-auth reads the request's cookies from Next, which a request of Next's server has set up.
  Object.assign(globalThis, { AsyncLocalStorage });
  const { NextRequest } = await import('next/server');
  const { workAsyncStorage } = await import('next/dist/server/app-render/work-async-storage.external.js');
  const { workUnitAsyncStorage } = await import('next/dist/server/app-render/work-unit-async-storage.external.js');
  portal = await import('#lib/portal/next-auth');
  asked = async (path, { cookies = new Map(), body } = { cookies: new Map() }) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, 'content-type': 'application/json' };
    const request = new NextRequest(`${origin}/api/auth/${path}`, {
      headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    const work = { route: '/api/auth/[...nextauth]', forceStatic: false };
    const unit = { type: 'request', phase: 'render', headers: request.headers, cookies: request.cookies };
    const params = Promise.resolve({ nextauth: path.replace(/\?.*/, '').split('/') });
    return workAsyncStorage.run(work as never, () =>
      workUnitAsyncStorage.run(unit as never, () => portal.answerBy(decisions, request, { params })),
    );
  };
});
afterAll(() => provider.stop());

type Jar = Map<string, string>;
type Call = { [Name in keyof SignInDecisions]: Name }[keyof SignInDecisions];
let calls: [name: Call, ...unknown[]][];
let admitted: Awaited<ReturnType<SignInDecisions['admit']>>;
beforeEach(() => {
  calls = [];
  admitted = { sessionId: 'session-1' };
});
const decisions: SignInDecisions = {
  cookieNamed: (name) => `portal.${name}`,
  cookieOptions: { httpOnly: true, sameSite: 'lax', path: '/', secure: false },
  maxAgeSeconds: 3600,
  signIn: async (given) => {
    calls.push(['signIn', given.email, given.password]);
    return given.password === 'right' ? 'session-1' : undefined;
  },
  admit: async (identity) => {
    calls.push(['admit', identity]);
    return admitted;
  },
  writeCookie: async (sessionId) => `cookie of ${sessionId}`,
  findPerson: async (cookie) =>
    cookie === 'cookie of session-1' ? { sessionId: 'session-1', userId: 'usr_1' } : undefined,
  endSession: async () => void calls.push(['endSession']),
  pathOf: (url) => `/path-of?${new URLSearchParams({ url })}`,
};

/** Puts the cookies of an answer into the jar, as a browser does. */
function keep(jar: Jar, answer: Response): Jar {
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
    else jar.set(name, decodeURIComponent(value));
  }
  return jar;
}

async function aBrowser() {
  const answer = await asked('csrf');
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  return { jar: keep(new Map(), answer), csrfToken };
}

describe('a sealed note', () => {
  test('is readable with its purpose, for its time, and by this installation only', async () => {
    const sealed = await portal.seal({ note: { sid: 's' }, purpose: 'identity', maxAge: 60 });
    expect(await portal.unseal(sealed, 'identity')).toMatchObject({ sid: 's' });
    expect(await portal.unseal(sealed)).toBeUndefined();
    expect(await portal.unseal(`${sealed.slice(0, -2)}xx`, 'identity')).toBeUndefined();
    vi.useFakeTimers({ now: Date.now() + 76_000, toFake: ['Date'] });
    expect(await portal.unseal(sealed, 'identity')).toBeUndefined();
    vi.useRealTimers();
  });

  test('has the form in which browsers hold the sessions of today', async () => {
    const [head = ''] = (await portal.seal({ note: { sid: 's' }, maxAge: 60 })).split('.');
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'dir', enc: 'A256GCM' });
  });
});

describe('signing in by password', () => {
  const send = async (password: string, token?: string) => {
    const { jar, csrfToken } = await aBrowser();
    const body = { email: 'ada@example.com', password, csrfToken: token ?? csrfToken, json: 'true' };
    const answer = await asked('callback/credentials', { cookies: jar, body });
    return { answer, jar: keep(jar, answer) };
  };

  test('sets our cookie with the session that we started', async () => {
    const { answer, jar } = await send('right');
    expect(answer.status).toBe(200);
    expect(calls).toEqual([['signIn', 'ada@example.com', 'right']]);
    expect(jar.get('portal.session')).toBe('cookie of session-1');
    const [line] = answer.headers.getSetCookie().filter((one) => one.startsWith('portal.session='));
    expect(line).toMatch(/; Path=\/; .*HttpOnly; SameSite=Lax$/i);
  });

  test('sets none for wrong credentials, and asks us nothing without the token against forgery', async () => {
    expect((await send('wrong')).jar.has('portal.session')).toBe(false);
    expect(calls).toHaveLength(1);
    expect((await send('right', 'forged')).jar.has('portal.session')).toBe(false);
    expect(calls).toHaveLength(1);
  });
});

describe('a session', () => {
  const read = async (cookie: string) =>
    (await asked('session', { cookies: new Map([['portal.session', cookie]]) })).json();

  test('is what our database says about the cookie', async () => {
    expect(await read('cookie of session-1')).toMatchObject({ user: { id: 'usr_1' } });
    expect(await read('cookie of session-2')).toEqual({});
  });

  test('is ended by us when next-auth signs out', async () => {
    const { jar, csrfToken } = await aBrowser();
    const answer = await asked('signout', {
      cookies: jar.set('portal.session', 'cookie of session-1'),
      body: { csrfToken },
    });
    expect(calls).toEqual([['endSession']]);
    expect(keep(jar, answer).has('portal.session')).toBe(false);
  });
});

describe('signing in at an OpenID provider', () => {
  const begin = async () => {
    const { jar, csrfToken } = await aBrowser();
    const answer = await asked('signin/oidc', { cookies: jar, body: { csrfToken, callbackUrl: '/clients' } });
    return { jar: keep(jar, answer), to: new URL(answer.headers.get('location') ?? '') };
  };

  /** Signs in at the provider; returns the query with which it sends the browser back. */
  async function answered(to: URL, login: string): Promise<string> {
    const jar: Jar = new Map();
    let next = { url: to.href, body: undefined as URLSearchParams | undefined };
    for (;;) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const init = next.body && { method: 'POST', body: next.body };
      const answer = await fetch(next.url, { redirect: 'manual', headers: { cookie }, ...init });
      keep(jar, answer);
      const location = answer.headers.get('location');
      if (location?.startsWith(`${origin}/api/auth/callback/oidc`)) return new URL(location).search;
      next = location
        ? { url: new URL(location, next.url).href, body: undefined }
        : { url: next.url, body: new URLSearchParams({ login }) };
    }
  }

  const comeBack = async (jar: Jar, query: string) => {
    const answer = await asked(`callback/oidc${query}`, { cookies: jar });
    return { jar: keep(jar, answer), location: answer.headers.get('location') };
  };

  test('binds the request to the browser by state, nonce and PKCE', async () => {
    const { to, jar } = await begin();
    expect(to.origin).toBe(provider.issuer);
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      client_id: provider.clientId,
      redirect_uri: `${origin}/api/auth/callback/oidc`,
      response_type: 'code',
      scope: 'openid profile email',
      code_challenge_method: 'S256',
      state: expect.stringMatching(/./),
      nonce: expect.stringMatching(/./),
    });
    for (const name of ['state', 'nonce', 'pkce']) expect(jar.has(`portal.${name}`), name).toBe(true);
  });

  test.each([
    ['ada@example.com', true],
    ['?ada@example.com', false],
  ])('tells us who came as %s, and whether the address is verified', async (login, emailVerified) => {
    const { to, jar } = await begin();
    const back = await comeBack(jar, await answered(to, login));
    const identity = { provider: 'oidc', subject: login, email: 'ada@example.com', name: 'Ada of Elsewhere' };
    expect(calls).toEqual([['admit', { ...identity, emailVerified }]]);
    expect(back.jar.get('portal.session')).toBe('cookie of session-1');
    expect(back.location).toMatch(`${origin}/path-of?`);
  });

  test('goes where we say instead, without a session', async () => {
    admitted = { path: '/sign-in/link' };
    const { to, jar } = await begin();
    const back = await comeBack(jar, await answered(to, 'ada@example.com'));
    expect(back.location).toBe('/sign-in/link');
    expect(back.jar.has('portal.session')).toBe(false);
  });

  test.each(['state', 'nonce', 'pkce'])('admits nobody whose browser has another %s', async (name) => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const [one, other] = [await begin(), await begin()];
    const query = await answered(one.to, 'ada@example.com');
    one.jar.set(`portal.${name}`, other.jar.get(`portal.${name}`) ?? '');
    const back = await comeBack(one.jar, query);
    expect(back.location).toBe(`${origin}/api/auth/error?error=OAuthCallback`);
    expect(back.jar.has('portal.session')).toBe(false);
    expect(calls).toEqual([]);
    expect(String(error.mock.calls[0]?.[0])).toContain('"event":"next-auth"');
    error.mockRestore();
  });
});
