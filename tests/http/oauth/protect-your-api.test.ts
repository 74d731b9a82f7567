import { readFileSync } from 'node:fs';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { createResource, getResource, updateResource } from '#lib/resources/index';
import { everyCommand } from '#scripts/clientele/commands';
import { stranger } from '#support/actors';
import { anAgent, aWebApp, tokensOf } from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, basic } from '#support/oauth';
import { aScopeRow } from '#support/scope-row';

const guide = readFileSync(new URL('../../../docs/protect-your-api.md', import.meta.url), 'utf8');
const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;

/** The resource as the guide's command makes it. */
const [, uri = '', name = '', scopes = ''] =
  /resource create --uri (\S+) --name (\S+) --scopes "([^"]+)"/.exec(guide) ?? [];
/** The request as the guide writes it. */
const [, path = ''] = /^POST (\S+)$/m.exec(guide) ?? [];

const api = await aMachine();
for (const scope of scopes.split(' ')) await aScopeRow(scope);
await createResource(operator, { uri, name, scopes: scopes.split(' '), introspectedBy: [api.clientId] });
const app = await aWebApp({ scopes: ['openid', 'orders:read', 'read'], requirePkce: false });

const tokenFor = async (scope: string) => (await tokensOf(await anAgent(app.owner), app, { scope })).access_token;

async function introspect(token: string) {
  const headers = { authorization: basic(api) };
  const answer = await fetch(origin + path, { method: 'POST', headers, body: new URLSearchParams({ token }) });
  expect(answer.status).toBe(200);
  return answer.json();
}

test('an API that introspects as in the guide accepts its own tokens and no others', async () => {
  const isLetThrough = async (token: string, scope: string) => {
    const told = await introspect(token);
    return told.active === true && told.aud === uri && told.scope.split(' ').includes(scope);
  };
  const token = await tokenFor('openid orders:read');
  expect(await isLetThrough(token, 'orders:read')).toBe(true);
  expect(await isLetThrough(token, 'orders:write')).toBe(false);
  for (const other of [await tokenFor('openid read'), 'nonsense', 'a.b.c'])
    expect(await introspect(other)).toEqual({ active: false });
});

test('the cases of active:false that the operator mends by the commands of the guide', async () => {
  const token = await tokenFor('orders:read');
  await updateResource(operator, uri, { introspectedBy: [] });
  expect(await introspect(token)).toEqual({ active: false });
  await updateResource(operator, uri, { introspectedBy: [api.clientId] });
  await updateResource(operator, uri, { scopes: ['orders:write'] });
  expect(await introspect(token)).toEqual({ active: false });
  expect((await getResource(operator, uri)).scopes).toEqual(['orders:write']);
  await updateResource(operator, uri, { scopes: scopes.split(' ') });
  expect(await introspect(token)).toMatchObject({ active: true });
});

test('an API that verifies JWTs as the guide says takes its own, and can introspect them too', async () => {
  await updateResource(operator, uri, { accessTokenFormat: 'jwt' });
  const token = await tokenFor('openid orders:read');
  const terms = { algorithms: ['ES256'], typ: 'at+jwt', issuer: origin, audience: uri };
  const keys = createRemoteJWKSet(new URL(`${origin}/oauth/jwks`));
  expect((await jwtVerify(token, keys, terms)).payload.scope).toBe('orders:read');
  expect(await introspect(token)).toMatchObject({ active: true, aud: uri, scope: 'orders:read' });
  const { id_token: idToken = '' } = await tokensOf(await anAgent(app.owner), app, { scope: 'openid orders:read' });
  await expect(jwtVerify(idToken, keys, terms)).rejects.toThrow();
});

test('the commands that the guide names are those of the command line', async () => {
  const commands = await everyCommand();
  const named = [...guide.matchAll(/(?:clientele|`)(?: --)? ?((?:resource|scope) (?:create|update|show|list))/g)];
  expect(named.length).toBeGreaterThan(3);
  for (const [, command = ''] of named) expect(commands.some(({ usage }) => usage.startsWith(command))).toBe(true);
});
