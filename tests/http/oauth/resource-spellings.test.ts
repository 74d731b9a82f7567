import { beforeAll, describe, expect, test } from 'vitest';
import { decideDeviceRequest } from '#lib/devices/index';
import { createResource, getResource } from '#lib/resources/index';
import { canonicalUri } from '#lib/resources/rules';
import { stranger } from '#support/actors';
import { type Agent, anAgent, authorize, aWebApp, redeem, refresh, tokensOf } from '#support/authorizing';
import { db } from '#support/database';
import { aDeviceApp, begin, poll } from '#support/device';
import { origin } from '#support/listening';
import { aMachine, askToken, aTokenOf, basic, introspect, post } from '#support/oauth';
import { allow, push } from '#support/pushing';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
const create = (uri: string, introspectedBy?: string) =>
  createResource(operator, {
    uri,
    name: 'API',
    scopes: ['files:read'],
    ...(introspectedBy && { introspectedBy: [introspectedBy] }),
  });

const root = 'https://mcp.example.com';
const deep = 'https://Deep.example:443/Path/x?q=A';
const scopes = ['openid', 'files:read', 'clients:read'];
let app: Awaited<ReturnType<typeof aWebApp>>;
let agent: Agent;
let asking: { clientId: string; secret: string }[];

beforeAll(async () => {
  const api = await aMachine();
  await create(root, api.clientId);
  await create(deep, api.clientId);
  app = await aWebApp({ scopes, requirePkce: false });
  asking = [api, app];
  agent = await anAgent(app.owner);
});

const spellings = [
  [root, root],
  [`${root}/`, root],
  ['https://MCP.Example.COM', root],
  ['HTTPS://mcp.example.com:443/', root],
  ['https://mcp.example.com:', root],
  ['https://deep.example/Path/x?q=A', deep],
] as const;

describe('a resource is named in any spelling of its meaning, and its tokens have the one that the operator wrote', () => {
  test.each(spellings)('%s, wherever it is named', async (resource, aud) => {
    const asked = { scope: 'files:read', resource };
    const tokens = [
      await aTokenOf(await aMachine({ scopes }), asked),
      (await tokensOf(agent, app, asked)).access_token,
      await ofPush(asked),
      await ofDevice(asked),
    ];
    for (const token of tokens) expect(await audienceOf(token)).toBe(aud);
  });

  test('one spelling when the person is asked, another at the token endpoint and at the next refresh', async () => {
    const code = (await authorize(agent, app, { scope: 'openid files:read', resource: root })).get('code') ?? '';
    const first = (await redeem(app, code, { resource: `${root}/` })).body;
    expect(await audienceOf(first.access_token)).toBe(root);
    const again = (await refresh(app, first.refresh_token, { resource: 'https://MCP.example.com:443' })).body;
    expect(await audienceOf(again.access_token)).toBe(root);
  });

  test('the registry too', async () => {
    const { host } = new URL(origin);
    for (const resource of [`HTTP://${host}`, `http://${host}/`, `HTTP://${host}/api/v1`, `${origin}/o/apps/`]) {
      const { access_token } = await tokensOf(agent, app, { scope: 'clients:read', resource });
      expect(await audienceOf(access_token)).toBe(origin);
    }
  });

  test('spelled twice it is named once', async () => {
    const machine = await aMachine({ scopes });
    const form = new URLSearchParams({ grant_type: 'client_credentials', scope: 'files:read', resource: root });
    form.append('resource', `${root}/`);
    const { body } = await post('/oauth/token', form.toString(), { authorization: basic(machine) });
    expect(await audienceOf(body.access_token)).toBe(root);
  });

  test.each([
    `${root}//`,
    `${root}/x`,
    `${root}:8443`,
    `${root}/#x`,
    `${root}#`,
    `http://mcp.example.com`,
    `https://user@mcp.example.com`,
    'https://mcp.example.com.',
    'https://deep.example/path/x?q=A',
    'https://deep.example/Path/x?q=a',
    'https://deep.example/Path/./x?q=A',
  ])('%s means another: invalid_target', async (resource) => {
    const { body } = await askToken(await aMachine({ scopes }), { scope: 'files:read', resource });
    expect(body.error).toBe('invalid_target');
  });
});

test('one meaning, one resource, found by each of its spellings', async () => {
  for (const [uri, aud] of spellings) {
    await expect(create(uri)).rejects.toMatchObject({ code: 'conflict' });
    expect((await getResource(operator, uri)).uri).toBe(aud);
  }
});

test.each([
  ['https://A.example?x', 'https://a.example/?x'],
  ['http://A.example:80', 'http://a.example/'],
  ['http://a.example:443/', 'http://a.example:443/'],
  ['https://[2001:DB8::1]:443/A', 'https://[2001:db8::1]/A'],
  ['URN:Example:A', 'urn:Example:A'],
  ['constructor://A.example:1', 'constructor://a.example:1/'],
  ['no uri', 'no uri'],
  ['', ''],
])('%j means %j', (uri, meaning) => {
  expect(canonicalUri(uri)).toBe(meaning);
  expect(canonicalUri(meaning)).toBe(meaning);
});

/** The API itself is told of each of its tokens. */
async function audienceOf(token: string): Promise<string> {
  for (const client of asking) {
    const { active, aud } = await introspect(client, token);
    if (active) return aud;
  }
  throw new Error('nobody is told of the token');
}

async function ofPush(asked: Record<string, string>): Promise<string> {
  const { body, verifier } = await push(app, asked);
  const answer = await allow(agent, app, body.request_uri);
  return (await redeem(app, answer.searchParams.get('code') ?? '', { code_verifier: verifier })).body.access_token;
}

async function ofDevice(asked: Record<string, string>): Promise<string> {
  const device = await aDeviceApp({ scopes });
  const { device_code: code, user_code: shown } = (await begin(device, asked)).body;
  await decideDeviceRequest(device.owner, shown, { allow: true, wanted: [], organizationId: null });
  return (await poll(device, code)).body.access_token;
}
