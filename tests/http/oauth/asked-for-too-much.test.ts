import { beforeAll, describe, expect, test } from 'vitest';
import { createResource } from '#lib/resources/index';
import { stranger } from '#support/actors';
import {
  type Agent,
  aPersonsAgent,
  authorizationUrl,
  aWebApp,
  callback,
  locationOf,
  pkce,
  tokensOf,
} from '#support/authorizing';
import { db } from '#support/database';
import { aDeviceApp, begin } from '#support/device';
import { origin } from '#support/listening';
import { aMachine, askToken, post } from '#support/oauth';
import { push } from '#support/pushing';
import { aScopeRow } from '#support/scope-row';
import { aSelfDescribedApp } from '#support/self-described';

process.env.CLIENTELE_REGISTRATION = 'open';
process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
let made = 0;
const aResource = (values: Partial<Parameters<typeof createResource>[1]> = {}) =>
  createResource(operator, {
    uri: `https://mcp-${++made}.example/mcp`,
    name: 'Files',
    scopes: ['files:read', 'files:write'],
    ...values,
  });

// What several offer is for this one.
beforeAll(() => aResource({ isDefault: true }));

/** Registers as programs do that ask a server what it offers, and then for all of it. */
async function registered(body: object = {}) {
  const answer = await fetch(`${origin}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Inspector',
      redirect_uris: [callback],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      ...body,
    }),
  });
  const { client_id: clientId, scope } = await answer.json();
  return { clientId, secret: '', scope };
}

const answered = async (agent: Agent, app: { clientId: string }, changes: Record<string, string | undefined>) => {
  const proof = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
  return new URL(locationOf(await agent.go(authorizationUrl(app, { ...proof, ...changes }))));
};

describe('a self-registered app that requests all scopes of a resource (RFC 6749 §3.3)', () => {
  test('gets the scopes that it may have, and the answer lists them', async () => {
    const { uri: resource } = await aResource();
    const agent = await aPersonsAgent();
    const app = await registered({ scope: 'files:read files:write' });
    const tokens = await tokensOf(agent, app, { scope: 'files:read files:write', resource });
    expect(tokens.scope).toBe('files:read');
  });

  test.each([
    ['registered', () => registered()],
    ['describes itself', async () => aSelfDescribedApp({ scope: undefined })],
  ])('also where it named no scope when it %s', async (_, anApp) => {
    const { uri: resource } = await aResource();
    const app = await anApp();
    const tokens = await tokensOf(await aPersonsAgent(), app, { scope: 'files:read files:write', resource });
    expect(tokens.scope).toBe('files:read');
  });

  test('is refused if no scope remains', async () => {
    const app = await registered({ scope: 'openid' });
    const to = await answered(await aPersonsAgent(), app, { scope: 'files:write' });
    expect(to.searchParams.get('error')).toBe('invalid_scope');
  });

  test('may push it, and ask for it on a device', async () => {
    const app = await registered({
      scope: 'openid files:read',
      grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
    });
    const asked = { client_id: app.clientId, scope: 'openid files:read files:write' };
    const proof = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
    const pushed = await post('/oauth/par', { ...asked, ...proof, response_type: 'code', redirect_uri: callback });
    expect(pushed.status, JSON.stringify(pushed.body)).toBe(201);
    expect((await post('/oauth/device', asked)).status).toBe(200);
  });
});

test('a self-registered app without scopes may request the default scopes, and no sensitive or write scope', async () => {
  const { scope } = await registered();
  expect(scope.split(' ')).toEqual(
    expect.arrayContaining(['openid', 'profile', 'email', 'offline_access', 'files:read']),
  );
  for (const name of ['files:write', 'clients:read', 'admin']) expect(scope.split(' ')).not.toContain(name);
});

test('who names a resource and no scope asks for what the resource offers', async () => {
  const { uri: resource } = await aResource({ scopes: ['files:read'] });
  const tokens = await tokensOf(await aPersonsAgent(), await registered(), { scope: undefined, resource });
  expect(tokens.scope).toBe('files:read');
});

test('a self-registered app without scope and resource requests identity scopes only', async () => {
  const tokens = await tokensOf(await aPersonsAgent(), await registered(), { scope: undefined });
  expect(tokens.scope.split(' ').sort()).toEqual(['email', 'profile']);
  const reader = await registered({ scope: 'files:read' });
  expect((await tokensOf(await aPersonsAgent(), reader, { scope: undefined })).scope).toBe('files:read');
});

test('a resource without a path is the same with a slash at its end, as most programs write it (RFC 3986 §6.2.3)', async () => {
  const { uri } = await aResource({ uri: `https://mcp-root-${++made}.example` });
  const app = await registered();
  const proof = { scope: 'files:read' };
  for (const resource of [uri, `${uri}/`]) {
    const tokens = await tokensOf(await aPersonsAgent(), app, { ...proof, resource });
    expect(tokens.access_token).toMatch(/^clt_at_/);
  }
  const told = await answered(await aPersonsAgent(), app, { ...proof, resource: `${uri}//` });
  expect(told.searchParams.get('error')).toBe('invalid_target');
});

test.each([
  ['that there is not', 'nonsense', 'there is no scope nonsense here'],
  ['that is retired', 'old:read', 'the scope old:read is retired'],
])('an error about a scope %s says so, wherever it is asked for', async (_title, scope, why) => {
  await aScopeRow('old:read', { retiredAt: new Date() }).catch(() => undefined);
  const [app, device, machine] = [await aWebApp(), await aDeviceApp(), await aMachine()];
  const browser = Object.fromEntries((await answered(await aPersonsAgent(), app, { scope })).searchParams);
  const [pushed, begun, given] = [
    await push(app, { scope }),
    await begin(device, { scope }),
    await askToken(machine, { scope }),
  ];
  for (const body of [browser, pushed.body, begun.body, given.body])
    expect(body).toMatchObject({ error: 'invalid_scope', error_description: why });
});

test('a program that acts for itself is told that scopes about a person are none of its', async () => {
  const machine = await aMachine({ scopes: ['openid', 'offline_access', 'read'] });
  for (const scope of ['openid', 'offline_access']) {
    const { body } = await askToken(machine, { scope });
    expect(body).toMatchObject({
      error: 'invalid_scope',
      error_description: expect.stringContaining(`${scope} is about a person`),
    });
  }
});
