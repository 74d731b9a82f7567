import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, type Mock, test, vi } from 'vitest';
import { authorizationEndpoint } from '#lib/authorization-server/authorization-endpoint';
import { tokenEndpoint } from '#lib/authorization-server/token-endpoint';
import { decideDeviceRequest } from '#lib/devices/index';
import { createResource } from '#lib/resources/index';
import { anOwner, aPerson, stranger } from '#support/actors';
import {
  anAgent,
  aPersonsAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  callback,
  locationOf,
  pkce,
  redeem,
  refresh,
  tokensOf,
} from '#support/authorizing';
import { aKey, aKeyedClient, askByAssertion, assertionOf, assertionType, inSeconds } from '#support/client-keys';
import { db } from '#support/database';
import { aDeviceApp, begin, poll } from '#support/device';
import { origin } from '#support/listening';
import { aMachine, askToken, basic, post } from '#support/oauth';
import { push, pushedUrl } from '#support/pushing';

type Row = { on: readonly string[]; refuses: readonly string[]; run?: unknown };
type Table = Readonly<Record<string, Row>>;
const tables: Record<'token' | 'authorization', Table> = {
  token: tokenEndpoint,
  authorization: authorizationEndpoint,
};

// Records the calls of each step and changes none. The provider is made at the first request, with these.
const spies = Object.values(tables).flatMap((table) =>
  Object.entries(table)
    .filter(([, row]) => row.run)
    .map(([name, row]) => ({ table, name, row, spy: vi.spyOn(row as { run: () => unknown }, 'run') as Mock })),
);
beforeEach(() => {
  for (const { spy } of spies) spy.mockClear();
});

/** The steps of a table that ran, by their first call. */
const stepsOf = (table: Table): string[] =>
  spies
    .filter((one) => one.table === table && one.spy.mock.invocationCallOrder.length > 0)
    .toSorted((a, b) => Number(a.spy.mock.invocationCallOrder[0]) - Number(b.spy.mock.invocationCallOrder[0]))
    .map(({ name }) => name);

/** The OAuth errors that steps threw. */
const refusals = () =>
  spies.flatMap(({ row, name, spy }) =>
    [
      ...spy.mock.settledResults.map(({ type, value }) => [type, value] as const),
      ...spy.mock.results.map(({ type, value }) => [type, value] as const),
    ]
      .filter(([type]) => type === 'rejected' || type === 'throw')
      .map(([, error]) => ({
        name,
        row,
        error: String((error as { error?: string }).error ?? (error as { code?: string }).code),
      })),
  );

/** The own steps of a table, in its order, that this kind of request takes. */
const expected = (table: Table, kind: string, ran: readonly string[]) =>
  Object.entries(table).flatMap(([name, { on, run }]) =>
    run && on.includes(kind) && ran.includes(name) ? [name] : [],
  );

const proof = () => {
  const { verifier, challenge } = pkce();
  return { verifier, sent: { code_challenge: challenge, code_challenge_method: 'S256' } };
};

/** Requests that succeed; together they take every step. */
const requests: [table: keyof typeof tables, kind: string, title: string, send: () => Promise<unknown>][] = [
  [
    'token',
    'client_credentials',
    'a secret, from a page of the app',
    async () => {
      const machine = await aMachine({ allowedOrigins: ['https://app.example.com'] });
      spyFromHere();
      const form = { grant_type: 'client_credentials' };
      expect(
        (await post('/oauth/token', form, { authorization: basic(machine), origin: 'https://app.example.com' })).status,
      ).toBe(200);
    },
  ],
  [
    'token',
    'client_credentials',
    'a key',
    async () => {
      const key = await aKey();
      const clientId = await aKeyedClient(await anOwner(db), { jwks: { keys: [key.jwk] } });
      const assertion = await assertionOf(clientId, key);
      spyFromHere();
      expect((await askByAssertion(assertion)).status).toBe(200);
    },
  ],
  [
    'token',
    'authorization_code',
    'a code',
    async () => {
      const resource = await aResource();
      const { agent, app } = await aScene({ scopes: ['openid', 'files:read'] });
      const { verifier, sent } = proof();
      const asked = { ...sent, scope: 'openid files:read', resource };
      const code = (await authorize(agent, app, asked)).get('code') ?? '';
      spyFromHere();
      expect((await redeem(app, code, { code_verifier: verifier })).status).toBe(200);
    },
  ],
  [
    'token',
    'refresh_token',
    'of a public client',
    async () => {
      const { agent, app } = await aScene({ tokenEndpointAuthMethod: 'none' });
      const { refresh_token = '' } = await tokensOf(agent, app);
      spyFromHere();
      expect((await refresh(app, refresh_token)).status).toBe(200);
    },
  ],
  [
    'token',
    'device_code',
    'after the person allowed it',
    async () => {
      const app = await aDeviceApp();
      const { body } = await begin(app, { scope: 'openid read' });
      await decideDeviceRequest(await aPerson(db), body.user_code, { allow: true, wanted: [], organizationId: null });
      spyFromHere();
      expect((await poll(app, body.device_code)).status).toBe(200);
    },
  ],
  [
    'authorization',
    'authorization',
    'until a person is asked',
    async () => {
      const resource = await aResource();
      const { agent, app } = await aScene({ scopes: ['openid', 'files:read'], requirePkce: false });
      const url = authorizationUrl(app, { scope: 'openid files:read', resource });
      spyFromHere();
      expect(locationOf(await agent.go(url))).toContain('/consent/');
    },
  ],
  [
    'authorization',
    'authorization',
    'of a pushed request, with a consent given before',
    async () => {
      const { agent, app } = await aScene();
      await authorize(agent, app, { ...proof().sent, scope: 'openid read' });
      const { body } = await push(app);
      spyFromHere();
      expect(locationOf(await agent.go(pushedUrl(app, body.request_uri)))).toContain('code=');
    },
  ],
  [
    'authorization',
    'resume',
    'with the answer',
    async () => {
      const { agent, app } = await aScene();
      const page = locationOf(await agent.go(authorizationUrl(app, proof().sent)));
      const { pathname } = new URL(page);
      const body = new URLSearchParams({ decision: 'allow' });
      const next = locationOf(await agent.go(`${pathname}/answer`, { method: 'POST', body, headers: { origin } }));
      spyFromHere();
      expect(locationOf(await agent.go(next))).toContain('code=');
    },
  ],
  [
    'authorization',
    'pushed_authorization_request',
    'by a client',
    async () => {
      const { app } = await aScene();
      spyFromHere();
      expect((await push(app)).status).toBe(201);
    },
  ],
  [
    'authorization',
    'pushed_authorization_request',
    'by a client with a key',
    async () => {
      const key = await aKey();
      const clientId = await aKeyedClient(await anOwner(db), {
        applicationType: 'web',
        jwks: { keys: [key.jwk] },
        grantTypes: ['authorization_code'],
        responseTypes: ['code'],
        redirectUris: [callback],
        scopes: ['openid', 'read'],
      });
      const client_assertion = await assertionOf(clientId, key);
      spyFromHere();
      const { status } = await push(
        { clientId, secret: '' },
        { client_assertion, client_assertion_type: assertionType },
      );
      expect(status).toBe(201);
    },
  ],
];

async function aResource() {
  const uri = `https://${crypto.randomUUID()}.example/`;
  const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
  await createResource(operator, { uri, name: 'Files', scopes: ['files:read'] });
  return uri;
}
async function aScene(values: Parameters<typeof aWebApp>[0] = {}) {
  return { agent: await aPersonsAgent(), app: await aWebApp(values) };
}
function spyFromHere() {
  for (const { spy } of spies) spy.mockClear();
}

test.each(requests)(
  'the %s endpoint takes its steps in the order of the table: %s, %s',
  async (table, kind, _title, send) => {
    await send();
    const ran = stepsOf(tables[table]);
    expect(ran.length).toBeGreaterThan(3);
    expect(ran).toEqual(expected(tables[table], kind, ran));
  },
);

test('together these requests take every step of the tables', async () => {
  const taken: Record<string, Set<string>> = { token: new Set(), authorization: new Set() };
  for (const [table, , , send] of requests) {
    await send();
    for (const name of stepsOf(tables[table])) taken[table]?.add(name);
  }
  // Runs only for a redirect URI that it may refuse.
  const others = ['judgePreview'];
  for (const [table, rows] of Object.entries(tables)) {
    const own = Object.entries(rows).flatMap(([name, { run }]) => (run && !others.includes(name) ? [name] : []));
    expect([...(taken[table] ?? [])].toSorted()).toEqual(own.toSorted());
  }
});

/** Requests that end at a step, by the error that the client or the page gets. */
const ends: [table: keyof typeof tables, step: string, error: string, send: () => Promise<string | null>][] = [
  [
    'token',
    'findClient',
    'invalid_client',
    async () => errorOf(askToken({ clientId: crypto.randomUUID(), secret: 'x' })),
  ],
  ['token', 'compareSecret', 'invalid_client', async () => errorOf(askToken({ ...(await aMachine()), secret: 'x' }))],
  [
    'token',
    'checkAssertion',
    'invalid_client',
    async () => {
      const key = await aKey();
      const clientId = await aKeyedClient(await anOwner(db), { jwks: { keys: [key.jwk] } });
      return errorOf(askByAssertion(await assertionOf(clientId, key, { exp: inSeconds(3600) })));
    },
  ],
  [
    'token',
    'useOnce',
    'invalid_client',
    async () => {
      const key = await aKey();
      const clientId = await aKeyedClient(await anOwner(db), { jwks: { keys: [key.jwk] } });
      const assertion = await assertionOf(clientId, key);
      await askByAssertion(assertion);
      return errorOf(askByAssertion(assertion));
    },
  ],
  [
    'token',
    'requireOrigin',
    'invalid_request',
    async () => {
      const headers = { authorization: basic(await aMachine()), origin: 'https://evil.example' };
      return errorOf(post('/oauth/token', { grant_type: 'client_credentials' }, headers));
    },
  ],
  [
    'token',
    'requireInterval',
    'slow_down',
    async () => {
      const app = await aDeviceApp();
      const { device_code } = (await begin(app, { scope: 'read' })).body;
      await poll(app, device_code);
      return errorOf(poll(app, device_code));
    },
  ],
  [
    'token',
    'requirePkce',
    'invalid_grant',
    async () => {
      const { agent, app } = await aScene({ secretOptional: true, requirePkce: false });
      const code = (await authorize(agent, app)).get('code') ?? '';
      return errorOf(redeem({ ...app, secret: '' }, code));
    },
  ],
  [
    'token',
    'replaceRefreshToken',
    'invalid_grant',
    async () => {
      const { agent, app } = await aScene({ tokenEndpointAuthMethod: 'none' });
      const { refresh_token = '' } = await tokensOf(agent, app);
      const next = await refresh(app, refresh_token);
      await refresh(app, next.body.refresh_token);
      return errorOf(refresh(app, refresh_token));
    },
  ],
  [
    'token',
    'describeResource',
    'invalid_target',
    async () => errorOf(askToken(await aMachine(), { resource: 'https://nowhere.example/' })),
  ],
  [
    'token',
    'limitToRegistration',
    'invalid_scope',
    async () => errorOf(askToken(await aMachine({ scopes: ['read', 'email'] }), { scope: 'email' })),
  ],
  ['authorization', 'findClient', 'invalid_client', async () => pageOf({ clientId: crypto.randomUUID() })],
  [
    'authorization',
    'matchRedirectUri',
    'invalid_redirect_uri',
    async () => pageOf(await aWebApp(), { redirect_uri: 'https://evil.example/' }),
  ],
  [
    'authorization',
    'judgePreview',
    'invalid_request',
    async () => errorOf(push(await aWebApp(), { redirect_uri: 'https://evil.example/' })),
  ],
  ['authorization', 'requirePkce', 'invalid_request', async () => answerOf(await aWebApp({ requirePkce: true }))],
  [
    'authorization',
    'checkResponseTypes',
    'unsupported_response_type',
    async () => answerOf(await aWebApp(), { ...proof().sent, response_type: 'code code' }),
  ],
  [
    'authorization',
    'keepKnownScopes',
    'invalid_scope',
    async () => answerOf(await aWebApp(), { ...proof().sent, scope: 'no:such' }),
  ],
  [
    'authorization',
    'requireMembership',
    'access_denied',
    async () => answerOf(await aWebApp({ openToOtherOrganizations: false }), { ...proof().sent, prompt: 'none' }),
  ],
  [
    'authorization',
    'requireConsentEachTime',
    'consent_required',
    async () => {
      const { agent, app } = await aScene({ tokenEndpointAuthMethod: 'none' });
      await authorize(agent, app, proof().sent);
      const answer = await agent.go(authorizationUrl(app, { ...proof().sent, prompt: 'none' }));
      return new URL(locationOf(answer)).searchParams.get('error');
    },
  ],
];

async function errorOf(answer: Promise<{ body: { error?: string } }>) {
  return (await answer).body.error ?? null;
}
async function answerOf(app: { clientId: string }, changes = {}) {
  const answer = await (await aPersonsAgent()).go(authorizationUrl(app, changes));
  return new URL(locationOf(answer)).searchParams.get('error');
}
/** The error of a request that gets a page of ours: by the step, since the page does not tell. */
async function pageOf(app: { clientId: string }, changes = {}) {
  const answer = await (await anAgent()).go(authorizationUrl(app, { ...proof().sent, ...changes }));
  expect(answer.headers.get('x-page')).toMatch(/^\/refused\//);
  return app.clientId && changes && 'redirect_uri' in changes ? 'invalid_redirect_uri' : 'invalid_client';
}

test.each(ends)('the %s endpoint refuses at %s with %s, as the table says', async (table, name, error, send) => {
  const row = tables[table][name] as Row;
  expect(await send()).toBe(error);
  const own = spies.filter((one) => one.table === tables[table]);
  const lastCallOf = (one: (typeof own)[number]) => Number(one.spy.mock.invocationCallOrder.at(-1) ?? 0);
  const [last] = own.toSorted((a, b) => lastCallOf(b) - lastCallOf(a));
  // oidc-provider evaluates every reason to ask a person before it answers with the first.
  const asking = ['requireMembership', 'requireConsentEachTime'];
  if (asking.includes(name)) expect(own.find((one) => one.name === name)?.spy).toHaveBeenCalled();
  else expect(last?.name).toBe(name);
  for (const { name, row, error } of refusals())
    expect({ name, refuses: row.refuses }).toEqual({ name, refuses: expect.arrayContaining([error]) });
  expect(row.refuses.length).toBeGreaterThan(0);
});

describe('the steps of oidc-provider', () => {
  const load = async (path: string): Promise<unknown> =>
    ((await import(/* @vite-ignore */ `oidc-provider/lib/${path}`)) as { default: unknown }).default;
  const namesOf = (stack: unknown) => (stack as { name: string }[]).map(({ name }) => name);
  const libraryRows = (table: Table, kind: string) =>
    Object.entries(table).flatMap(([name, { run, on }]) => (run || !on.includes(kind) ? [] : [name]));
  const inOrder = (all: readonly string[], some: readonly string[]) => all.filter((name) => some.includes(name));

  test.each(['authorization', 'resume', 'pushed_authorization_request'])(
    'of %s run in the order of the table',
    async (kind) => {
      const action = (await load('actions/authorization/index.js')) as (endpoint: string) => unknown;
      const rows = libraryRows(authorizationEndpoint, kind);
      expect(inOrder(namesOf(action(kind)), rows)).toEqual(rows);
    },
  );

  test.each(['authorization_code', 'refresh_token', 'device_code', 'client_credentials'])(
    'of the token endpoint run in the order of the table, for %s',
    async (kind) => {
      const source = readFileSync(new URL(import.meta.resolve(`oidc-provider/lib/actions/grants/${kind}.js`)), 'utf8');
      const calls = [...source.matchAll(/(?:await | {2})(\w+)\(/g)].map(([, name = '']) => name);
      const rows = libraryRows(tokenEndpoint, kind);
      expect(inOrder([...namesOf(await load('actions/token.js')), ...calls], rows)).toEqual(rows);
    },
  );
});
