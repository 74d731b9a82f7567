import { eq } from 'drizzle-orm';
import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  clientCredentialsGrant,
  discovery,
  tokenIntrospection,
  tokenRevocation,
} from 'openid-client';
import { describe, expect, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { clients } from '#db/schema/client';
import { isWellFormedCredential } from '#lib/credentials/index';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, askToken, aTokenOf, basic, introspect, post } from '#support/oauth';

const form = { grant_type: 'client_credentials' };

describe('openid-client without special configuration', () => {
  test.each([
    ['client_secret_basic', ClientSecretBasic],
    ['client_secret_post', ClientSecretPost],
  ] as const)('%s: discovers, gets a token, introspects it, revokes it', async (method, authenticate) => {
    const { clientId, secret } = await aMachine({ tokenEndpointAuthMethod: method });
    const config = await discovery(new URL(origin), clientId, undefined, authenticate(secret), {
      execute: [allowInsecureRequests],
    });
    const { access_token, ...rest } = await clientCredentialsGrant(config, { scope: 'read' });
    expect(rest).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'read' });
    expect(await tokenIntrospection(config, access_token)).toMatchObject({
      active: true,
      client_id: clientId,
      scope: 'read',
      iss: origin,
      token_type: 'Bearer',
    });
    await tokenRevocation(config, access_token);
    expect(await tokenIntrospection(config, access_token)).toEqual({ active: false });
  });
});

describe('client_credentials', () => {
  test('product 8: the token is opaque, lives as long as is registered, and is in no cache', async () => {
    const machine = await aMachine({ accessTokenLifetimeSeconds: 77 });
    const { status, headers, body } = await askToken(machine);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^clt_mt_[0-9A-Za-z]{49}$/),
      expires_in: 77,
      token_type: 'Bearer',
      scope: 'read write',
    });
    expect(isWellFormedCredential('clt_mt_', body.access_token)).toBe(true);
    expect(headers.get('cache-control')).toBe('no-store');
    const { exp, iat } = await introspect(machine, body.access_token);
    expect(exp - iat).toBe(77);
  });

  test('it is not stored readably', async () => {
    const token = await aTokenOf(await aMachine());
    const rows = JSON.stringify(await db.select().from(artifacts));
    expect(rows).toContain('ClientCredentials');
    expect(rows).not.toContain(token);
    expect(rows).not.toContain(token.slice(7, 50));
  });

  test.each([
    ['read', 'read'],
    ['write read', 'write read'],
    ['read read', 'read'],
    [undefined, 'read write'],
  ])('scope %j of the registered "openid read write" gives %j', async (scope, granted) => {
    const machine = await aMachine({ scopes: ['openid', 'read', 'write'] });
    expect((await askToken(machine, scope === undefined ? {} : { scope })).body.scope).toBe(granted);
  });

  test.each(['admin', 'read admin', 'openid', 'offline_access', 'not-in-the-catalogue'])(
    'scope %j is not given: invalid_scope',
    async (scope) => {
      const { status, body } = await askToken(await aMachine({ scopes: ['openid', 'offline_access', 'read'] }), {
        scope,
      });
      expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_scope' });
    },
  );

  test('rule A8: a resource that is not there is refused', async () => {
    const { status, body } = await askToken(await aMachine(), { resource: 'https://api.example/' });
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_target' });
  });

  test('a client that is not registered for it: unauthorized_client', async () => {
    const { status, body } = await askToken(await aMachine({ grantTypes: ['authorization_code'] }));
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'unauthorized_client' });
  });

  test.each(['password', 'implicit', 'nonsense'])('rule A10: grant type %s is unsupported', async (grant_type) => {
    const { status, body } = await askToken(await aMachine(), { grant_type });
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'unsupported_grant_type' });
  });

  test('an edit of the registration acts on the next request', async () => {
    const machine = await aMachine();
    expect((await askToken(machine)).body).toMatchObject({ scope: 'read write', expires_in: 3600 });
    await db
      .update(clients)
      .set({ scopes: ['read'], accessTokenLifetimeSeconds: 60 })
      .where(eq(clients.clientId, machine.clientId));
    expect((await askToken(machine)).body).toMatchObject({ scope: 'read', expires_in: 60 });
    await db.update(clients).set({ grantTypes: [] }).where(eq(clients.clientId, machine.clientId));
    expect((await askToken(machine)).body.error).toBe('unauthorized_client');
  });
});

describe('the vendors’ spellings', () => {
  test.each(['/oauth/token', '/oauth2/token', '/oauth2/tokens', '/o/token/', '/o/token', '/v2/oauth/token'])(
    '%s: form, Basic',
    async (path) => {
      const { status, body } = await askToken(await aMachine(), {}, path);
      expect(status).toBe(200);
      expect(body.token_type).toBe('Bearer');
    },
  );

  test.each(['/oauth/token', '/v2/oauth/token'])('%s: JSON', async (path) => {
    const { clientId, secret } = await aMachine();
    const answer = await fetch(origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...form, client_id: clientId, client_secret: secret, scope: null }),
    });
    expect(answer.status).toBe(200);
    expect((await answer.json()).scope).toBe('read write');
  });

  test.each(['/oauth/introspect', '/oauth2/tokens/introspect', '/v2/oauth/introspect'])('%s', async (path) => {
    const machine = await aMachine();
    expect(await introspect(machine, await aTokenOf(machine), path)).toMatchObject({ active: true });
  });

  test.each(['/oauth/revoke', '/oauth2/tokens/revoke'])('%s', async (path) => {
    const machine = await aMachine();
    const token = await aTokenOf(machine);
    const { status, body } = await post(path, { token }, { authorization: basic(machine) });
    expect({ status, body }).toEqual({ status: 200, body: undefined });
    expect(await introspect(machine, token)).toEqual({ active: false });
  });
});

describe('rule A16: somebody else’s token', () => {
  test('introspection by another client is inactive, and revocation by it has no effect', async () => {
    const [mine, theirs] = [await aMachine(), await aMachine()];
    const token = await aTokenOf(mine);
    expect(await introspect(theirs, token)).toEqual({ active: false });
    expect((await post('/oauth/revoke', { token }, { authorization: basic(theirs) })).status).toBe(200);
    expect(await introspect(mine, token)).toMatchObject({ active: true });
  });

  test('revoking an unknown token: 200', async () => {
    for (const token of ['nonsense', 'clt_mt_x', `clt_mt_${'0'.repeat(49)}`])
      expect((await post('/oauth/revoke', { token }, { authorization: basic(await aMachine()) })).status).toBe(200);
  });

  test('a public client cannot introspect', async () => {
    const machine = await aMachine();
    const token = await aTokenOf(machine);
    await db
      .update(clients)
      .set({ tokenEndpointAuthMethod: 'none', requirePkce: true, grantTypes: [] })
      .where(eq(clients.clientId, machine.clientId));
    expect((await post('/oauth/introspect', { token, client_id: machine.clientId })).body).toEqual({ active: false });
  });
});
