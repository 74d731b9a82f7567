import { describe, expect, test } from 'vitest';
import { disableClient } from '#lib/clients/index';
import { anOwner, aPerson } from '#support/actors';
import { aToken } from '#support/api';
import { aPersonsAgent, aWebApp, tokensOf } from '#support/authorizing';
import { db } from '#support/database';
import '#support/listening';
import { aMachine, aTokenOf, basic, post } from '#support/oauth';

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const introspect = (key: string, form: Record<string, string>) => post('/v2/oauth/introspect', form, bearer(key));
const ask = (key: string, form: Record<string, string>, path = '/v2/oauth/token') => post(path, form, bearer(key));

/** A machine with a token, and a key of its owner. */
async function aMachineWithToken() {
  const machine = await aMachine();
  const key = await aToken(db, machine.owner, machine.organizationId, { scopes: ['clients:read'] });
  return { ...machine, key, token: await aTokenOf(machine, { scope: 'read', resource: '' }) };
}

describe('introspection by an API key', () => {
  test('tells every member of the organization of tokens of its clients, and nothing that its documents do not name', async () => {
    const { organizationId, clientId, token } = await aMachineWithToken();
    const viewer = await aPerson(db, { roles: { [organizationId]: 'viewer' } });
    const { status, body, headers } = await introspect(await aToken(db, viewer, organizationId), { token });
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({ active: true, client_id: clientId });
    const named = ['active', 'client_id', 'exp', 'iat', 'iss', 'scope', 'aud'];
    expect(Object.keys(body).filter((member) => !named.includes(member))).toEqual([]);
  });

  test('tells of access and refresh tokens of people, with every hint', async () => {
    const app = await aWebApp();
    const key = await aToken(db, app.owner, app.organizationId, { scopes: ['clients:read'] });
    const { access_token, refresh_token = '' } = await tokensOf(await aPersonsAgent(), app);
    for (const token of [access_token, refresh_token])
      for (const hint of ['access_token', 'refresh_token', 'nonsense', ''])
        expect((await introspect(key, { token, token_type_hint: hint })).body).toMatchObject({ active: true });
  });

  test('a token of a client that its person may not see is like one that never was', async () => {
    const { token } = await aMachineWithToken();
    const stranger = await anOwner(db);
    const key = await aToken(db, stranger.owner, stranger.organizationId, { scopes: ['clients:read'] });
    for (const unknown of [token, 'nonsense', `clt_mt_${'0'.repeat(49)}`, 'a.b.c', 'x'.repeat(3000), '\u0000x'])
      expect(await introspect(key, { token: unknown })).toMatchObject(
        unknown.startsWith('\u0000') ? { status: 400 } : { status: 200, body: { active: false } },
      );
  });

  test('a token is over with its client', async () => {
    const { owner, clientId, key, token } = await aMachineWithToken();
    await disableClient(owner, clientId);
    expect((await introspect(key, { token })).body).toEqual({ active: false });
  });

  test.each<[string, (key: string) => Promise<{ status: number }>, number]>([
    ['a key of nobody', () => introspect(`clt_pat_${'0'.repeat(49)}`, { token: 'x' }), 401],
    ['no token', (key) => introspect(key, {}), 400],
    ['a parameter twice', (key) => post('/v2/oauth/introspect', `token=a&token=b`, bearer(key)), 400],
    ['a parameter in the address', (key) => post('/v2/oauth/introspect?token=a', {}, bearer(key)), 400],
    ['the canonical spelling', (key) => post('/oauth/introspect', { token: 'x' }, bearer(key)), 400],
    ['SlashID’s spelling', (key) => post('/oauth2/tokens/introspect', { token: 'x' }, bearer(key)), 400],
  ])('%s is refused', async (_, call, status) => {
    const { key } = await aMachineWithToken();
    expect((await call(key)).status).toBe(status);
  });

  test('takes clients:read; a refusal says which error it is', async () => {
    const { owner, organizationId, token } = await aMachineWithToken();
    const key = await aToken(db, owner, organizationId, { scopes: ['grants:read', 'read'] });
    const { status, body } = await introspect(key, { token });
    expect([status, body.error]).toEqual([403, 'insufficient_scope']);
  });

  test('beside a client in the body, the client is asked', async () => {
    const { key, token, ...machine } = await aMachineWithToken();
    const other = await aMachine();
    const by = (one: { clientId: string; secret: string }) =>
      introspect(key, { token, client_id: one.clientId, client_secret: one.secret });
    expect((await by(machine)).body).toMatchObject({ active: true });
    expect((await by(other)).body).toEqual({ active: false });
    expect((await by({ ...machine, secret: 'wrong' })).status).toBe(401);
  });

  test('a client that authenticates with Basic is asked as ever', async () => {
    const { token, ...machine } = await aMachineWithToken();
    const answer = await post('/v2/oauth/introspect', { token }, { authorization: basic(machine) });
    expect(answer.body).toMatchObject({ active: true, client_id: machine.clientId });
  });
});

describe('an API key at the token endpoint', () => {
  test('is no client: without one in the body, or with a wrong secret, there is no token', async () => {
    const { key, clientId, secret } = await aMachineWithToken();
    const form = { grant_type: 'client_credentials' };
    expect((await ask(key, form)).status).toBe(400);
    expect((await ask(key, { ...form, client_id: clientId })).status).toBe(401);
    expect((await ask(key, { ...form, client_id: clientId, client_secret: `${secret}x` })).status).toBe(401);
    expect((await ask(key, { ...form, client_id: clientId, client_secret: secret })).status).toBe(200);
  });

  test('has to be valid, and is taken at Telnyx’s spelling only', async () => {
    const { key, clientId, secret } = await aMachineWithToken();
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret };
    const refused = await ask('nobody', form);
    expect([refused.status, refused.body.error]).toEqual([401, 'invalid_client']);
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
    for (const path of ['/oauth/token', '/oauth2/token', '/oauth2/tokens', '/o/token/'])
      expect((await ask(key, form, path)).status).toBe(400);
  });
});
