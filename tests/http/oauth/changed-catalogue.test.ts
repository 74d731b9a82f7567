import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createResource } from '#lib/resources/index';
import { createScope, restoreScope, retireScope, updateScope } from '#lib/scopes/index';
import { stranger } from '#support/actors';
import {
  aPersonsAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  decide,
  locationOf,
  pkce,
  refresh,
  tokensOf,
} from '#support/authorizing';
import { db } from '#support/database';
import { aMachine, askToken, introspect } from '#support/oauth';
import { push } from '#support/pushing';

process.env.CLIENTELE_REGISTRATION = 'open';
const { origin } = await import('#support/listening');

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
const texts = { en: { title: 'Orders', description: 'Read orders and their state.' } };
const make = async (values: object = {}) =>
  (await createScope(operator, { name: `orders:${randomUUID().slice(0, 8)}`, texts, ...values })).name;
const soon = () => new Date(Date.now() + 86_400_000);
const later = (name: string) =>
  db.execute(`update scope_aliases set accepted_until = now() - interval '1 second' where name = '${name}'`);
const proof = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };

async function renamed(values: object = {}) {
  const name = await make(values);
  const next = `bills:${randomUUID().slice(0, 8)}`;
  return { name, next, rename: () => updateScope(operator, name, { rename: { name: next, until: soon() } }) };
}

describe('a renamed scope', () => {
  test('is given by either name at the token endpoint until the date; after it the error names the new one', async () => {
    const { name, next, rename } = await renamed();
    const machine = await aMachine({ scopes: [name] });
    const before = (await askToken(machine, { scope: name })).body.access_token;
    await rename();
    for (const scope of [name, next]) expect((await askToken(machine, { scope })).body.scope).toBe(next);
    expect((await askToken(machine)).body.scope).toBe(next);
    expect(await introspect(machine, before)).toMatchObject({ active: true, scope: next });
    await later(name);
    await updateScope(operator, next, { position: 5 });
    expect((await askToken(machine, { scope: name })).body).toEqual({
      error: 'invalid_scope',
      error_description: `the scope ${name} is called ${next} now`,
      scope: name,
    });
  });

  test('is given by either name to a person’s app, without being asked for again, and refreshed tokens have the new one', async () => {
    const { name, next, rename } = await renamed();
    const app = await aWebApp({ scopes: ['openid', 'offline_access', name] });
    const agent = await aPersonsAgent();
    const scope = `openid offline_access ${name}`;
    const { refresh_token = '' } = await tokensOf(agent, app, { scope, prompt: 'consent' });
    await rename();
    const { body } = await refresh(app, refresh_token);
    expect(body.scope.split(' ').toSorted()).toEqual(['offline_access', 'openid', next].toSorted());
    const silent = await authorize(agent, app, { ...proof, scope: `openid ${name}`, prompt: 'none' });
    expect(silent.get('error_description')).toBeNull();
    expect((await push(app, { scope: `openid ${name}` })).status).toBe(201);
    await later(name);
    await updateScope(operator, next, { position: 5 });
    const refused = await authorize(agent, app, { ...proof, scope: `openid ${name}` });
    expect(refused.get('error')).toBe('invalid_scope');
    expect(refused.get('error_description')).toBe(`the scope ${name} is called ${next} now`);
  });

  test('is registered by its new name when a program registers the former one', async () => {
    const { name, next, rename } = await renamed({ openToStrangers: true });
    await rename();
    const body = JSON.stringify({ redirect_uris: ['https://app.example.com/callback'], scope: `openid ${name}` });
    const answer = await fetch(`${origin}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(await answer.json()).toMatchObject({ scope: `openid ${next}` });
  });

  test('is allowed on a page that was opened before', async () => {
    const { name, next, rename } = await renamed();
    const app = await aWebApp({ scopes: ['openid', name] });
    const agent = await aPersonsAgent();
    const page = locationOf(await agent.go(authorizationUrl(app, { ...proof, scope: `openid ${name}` })));
    await rename();
    const answer = new URL(await decide(agent, page, 'allow')).searchParams;
    expect(answer.get('error_description')).toBeNull();
    const silent = await authorize(agent, app, { ...proof, scope: `openid ${next}`, prompt: 'none' });
    expect(silent.get('code')).toBeTruthy();
  });
});

describe('a retired scope', () => {
  test('is refused by name to clients that have it, at every endpoint', async () => {
    const name = await make();
    const machine = await aMachine({ scopes: ['files:read', name] });
    const app = await aWebApp({ scopes: ['openid', name] });
    await retireScope(operator, name);
    expect((await askToken(machine, { scope: name })).body).toMatchObject({
      error: 'invalid_scope',
      error_description: `the scope ${name} is retired`,
    });
    expect((await askToken(machine)).body.scope).toBe('files:read');
    const refused = await authorize(await aPersonsAgent(), app, { ...proof, scope: `openid ${name}` });
    expect([refused.get('error'), refused.get('error_description')]).toEqual([
      'invalid_scope',
      `the scope ${name} is retired`,
    ]);
    expect((await push(app, { scope: `openid ${name}` })).body).toMatchObject({ error: 'invalid_scope' });
    await restoreScope(operator, name);
    expect((await askToken(machine, { scope: name })).body.scope).toBe(name);
  });

  test('is left out of refreshed tokens, which keep the rest', async () => {
    const name = await make();
    const app = await aWebApp({ scopes: ['openid', 'offline_access', 'files:read', name] });
    const scope = `openid offline_access files:read ${name}`;
    const { refresh_token = '' } = await tokensOf(await aPersonsAgent(), app, { scope, prompt: 'consent' });
    await retireScope(operator, name);
    const { status, body } = await refresh(app, refresh_token);
    expect([status, body.scope?.split(' ').includes(name), body.scope?.includes('files:read')]).toEqual([
      200,
      false,
      true,
    ]);
  });
});

describe('a scope that implies another', () => {
  test('gives both to a machine and to a person’s app that is registered for one', async () => {
    const read = await make();
    const write = await make({ access: 'write', implies: [read] });
    const machine = await aMachine({ scopes: [write] });
    for (const form of [{ scope: write }, {}])
      expect((await askToken(machine, form)).body.scope.split(' ').toSorted()).toEqual([read, write].toSorted());
    expect((await askToken(machine, { scope: read })).body.scope).toBe(read);
    const app = await aWebApp({ scopes: ['openid', write] });
    const { scope } = await tokensOf(await aPersonsAgent(), app, { scope: `openid ${write}` });
    expect(scope.split(' ').toSorted()).toEqual(['openid', read, write].toSorted());
  });

  test('that a person declines leaves a required one, and takes one with it that is only implied', async () => {
    const read = await make();
    const write = await make({ access: 'write', implies: [read] });
    const required = await aWebApp({ scopes: ['openid', read, write], optionalScopes: [write] });
    const scope = `openid ${read} ${write}`;
    const left = await tokensOf(await aPersonsAgent(), required, { scope });
    expect(left.scope.split(' ').toSorted()).toEqual(['openid', read].toSorted());
    const implied = await aWebApp({ scopes: ['openid', write], optionalScopes: [write] });
    expect((await tokensOf(await aPersonsAgent(), implied, { scope })).scope).toBe('openid');
    const wanted = { [`scope ${write}`]: 'on' };
    const both = await tokensOf(await aPersonsAgent(), implied, { scope }, wanted);
    expect(both.scope.split(' ').toSorted()).toEqual(['openid', read, write].toSorted());
  });

  test('gives both at the resource that offers both', async () => {
    const read = await make();
    const write = await make({ access: 'write', implies: [read] });
    const uri = `https://${randomUUID()}.example/`;
    const api = await aMachine();
    await createResource(operator, { uri, name: 'Orders', scopes: [read, write], introspectedBy: [api.clientId] });
    const machine = await aMachine({ scopes: [write] });
    const token = (await askToken(machine, { scope: write })).body.access_token;
    const told = await introspect(api, token);
    expect(told).toMatchObject({ active: true, aud: uri });
    expect(told.scope.split(' ').toSorted()).toEqual([read, write].toSorted());
  });
});

test('several clients introspect for one resource', async () => {
  const scope = await make();
  const [one, other, stranger] = [await aMachine(), await aMachine(), await aMachine()];
  const uri = `https://${randomUUID()}.example/`;
  await createResource(operator, { uri, name: 'API', scopes: [scope], introspectedBy: [one.clientId, other.clientId] });
  const machine = await aMachine({ scopes: [scope] });
  const token = (await askToken(machine, { scope })).body.access_token;
  for (const api of [one, other]) expect(await introspect(api, token)).toMatchObject({ active: true, scope });
  expect(await introspect(stranger, token)).toEqual({ active: false });
});
