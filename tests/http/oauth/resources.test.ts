import { eq } from 'drizzle-orm';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { grants } from '#db/schema/grant';
import { disableClient } from '#lib/clients/index';
import { type CreateResource, createResource, removeResource } from '#lib/resources/index';
import { stranger } from '#support/actors';
import { aPersonsAgent, authorize, aWebApp, pkce, redeem } from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, askToken, aTokenOf, introspect, post } from '#support/oauth';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
let count = 0;

async function aResource(values: Partial<CreateResource> = {}) {
  const uri = `https://api-${++count}.example/v1`;
  return createResource(operator, { uri, name: 'Invoices', scopes: ['read', 'files:read'], ...values });
}

const jwks = createRemoteJWKSet(new URL(`${origin}/oauth/jwks`));

test('that an app without a secret works is noted also where all its tokens are JWTs, of which nothing is kept', async () => {
  const { uri: resource } = await aResource({ accessTokenFormat: 'jwt' });
  const [app, agent] = [await aWebApp({ tokenEndpointAuthMethod: 'none' }), await aPersonsAgent()];
  const { verifier, challenge } = pkce();
  const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
  const code = (await authorize(agent, app, { ...proof, scope: 'read', resource })).get('code') ?? '';
  const { body } = await redeem(app, code, { code_verifier: verifier });
  expect(decodeProtectedHeader(body.access_token).typ).toBe('at+jwt');
  const used = { grant: grants.lastUsedAt, client: clients.lastUsedAt };
  await expect
    .poll(() => db.select(used).from(grants).innerJoin(clients, eq(clients.clientId, grants.clientId)))
    .toEqual([{ grant: expect.any(Date), client: expect.any(Date) }]);
});

describe('RFC 8707: a token for a resource', () => {
  test('is opaque unless the operator said otherwise, and has the resource as its audience', async () => {
    const machine = await aMachine({ scopes: ['read', 'write'] });
    const { uri } = await aResource();
    const { status, body } = await askToken(machine, { resource: uri });
    expect({ status, scope: body.scope, expires: body.expires_in }).toEqual({
      status: 200,
      scope: 'read',
      expires: 3600,
    });
    expect(body.access_token).toMatch(/^clt_mt_/);
    expect(await introspect(machine, body.access_token)).toMatchObject({ active: true, aud: uri, scope: 'read' });
  });

  test('lives no longer than the resource allows, nor than its client registered', async () => {
    const { uri } = await aResource({ lifetimeSeconds: 600 });
    expect((await askToken(await aMachine(), { resource: uri })).body.expires_in).toBe(600);
    const short = await aMachine({ accessTokenLifetimeSeconds: 60 });
    expect((await askToken(short, { resource: uri })).body.expires_in).toBe(60);
  });

  test.each([
    ['write', 'registered, not offered'],
    ['files:read', 'offered, not registered'],
    ['read write', 'one of each'],
  ])('scope %j (%s) is refused, not dropped: invalid_scope', async (scope) => {
    const { uri } = await aResource();
    const { status, body } = await askToken(await aMachine(), { resource: uri, scope });
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_scope' });
  });

  test.each([
    ['unknown', () => 'https://nobody.example/'],
    ['with a slash that the operator did not write', (uri: string) => `${uri}/`],
    ['in other letters', (uri: string) => uri.toUpperCase()],
    ['relative', () => '/v1'],
    ['no URI', () => 'invoices'],
    ['with a fragment', (uri: string) => `${uri}#all`],
    ['with an empty fragment', (uri: string) => `${uri}#`],
    ['with a character that no URI has', (uri: string) => `${uri}\u0001`],
    ['longer than any', (uri: string) => `${uri}?${'x'.repeat(5000)}`],
  ])('%s: invalid_target', async (_title, spell) => {
    const { uri } = await aResource();
    const { status, body } = await askToken(await aMachine(), { resource: spell(uri) });
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_target' });
  });

  test('once the resource is removed, none is issued', async () => {
    const machine = await aMachine();
    const { uri } = await aResource();
    await aTokenOf(machine, { resource: uri });
    await removeResource(operator, uri);
    expect((await askToken(machine, { resource: uri })).body.error).toBe('invalid_target');
  });
});

describe('RFC 9068: a JWT for a resource that opts in', () => {
  test('rule A15: typed, signed ES256 by a published key, with every claim, at most five minutes', async () => {
    const machine = await aMachine();
    const { uri } = await aResource({ accessTokenFormat: 'jwt' });
    const { body } = await askToken(machine, { resource: uri });
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'read' });
    const { payload, protectedHeader } = await jwtVerify(body.access_token, jwks, {
      issuer: origin,
      audience: uri,
      typ: 'at+jwt',
      algorithms: ['ES256'],
      maxTokenAge: 10,
      subject: machine.clientId,
      requiredClaims: ['exp', 'iat', 'jti'],
    });
    expect(protectedHeader.kid).toEqual(expect.any(String));
    expect(payload).toMatchObject({ client_id: machine.clientId, scope: 'read' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
  });

  test('each has a name of its own, and shorter ones can be had', async () => {
    const machine = await aMachine();
    const { uri } = await aResource({ accessTokenFormat: 'jwt', lifetimeSeconds: 30 });
    const [one, other] = [await aTokenOf(machine, { resource: uri }), await aTokenOf(machine, { resource: uri })];
    expect(decodeJwt(one).jti).not.toBe(decodeJwt(other).jti);
    expect((decodeJwt(one).exp ?? 0) - (decodeJwt(one).iat ?? 0)).toBe(30);
    expect(decodeProtectedHeader(one).typ).toBe('at+jwt');
  });

  test('it is valid until it ends: asked about it or told to end it, the server says that it does not know how', async () => {
    const machine = await aMachine();
    const { uri } = await aResource({ accessTokenFormat: 'jwt' });
    const token = await aTokenOf(machine, { resource: uri });
    expect(await introspect(machine, token)).toMatchObject({ error: 'unsupported_token_type' });
    const form = { token, client_id: machine.clientId, client_secret: machine.secret };
    expect((await post('/oauth/revoke', form)).body.error).toBe('unsupported_token_type');
  });
});

describe('rule A16: who is told of a token for a resource', () => {
  test('its client, and the client as which the resource asks; nobody else', async () => {
    const [machine, api, other] = [await aMachine(), await aMachine(), await aMachine()];
    const { uri } = await aResource({ introspectedBy: api.clientId });
    const token = await aTokenOf(machine, { resource: uri });
    const told = { active: true, aud: uri, client_id: machine.clientId, scope: 'read' };
    expect(await introspect(machine, token)).toMatchObject(told);
    expect(await introspect(api, token)).toMatchObject(told);
    expect(await introspect(other, token)).toEqual({ active: false });
  });

  test('the resource is told of no token for another, and of none without an audience', async () => {
    const [machine, api] = [await aMachine({ scopes: ['files:read'] }), await aMachine()];
    await aResource({ introspectedBy: api.clientId });
    const { uri } = await aResource();
    expect(await introspect(api, await aTokenOf(machine, { resource: uri }))).toEqual({ active: false });
    expect(await introspect(api, await aTokenOf(machine))).toEqual({ active: false });
  });

  test('it cannot revoke what it is told of', async () => {
    const [machine, api] = [await aMachine(), await aMachine()];
    const { uri } = await aResource({ introspectedBy: api.clientId });
    const token = await aTokenOf(machine, { resource: uri });
    const form = { token, client_id: api.clientId, client_secret: api.secret };
    expect((await post('/oauth/revoke', form)).status).toBe(200);
    expect(await introspect(machine, token)).toMatchObject({ active: true });
  });

  test('once the client is disabled, the resource is told so at the next question', async () => {
    const [machine, api] = [await aMachine(), await aMachine()];
    const { uri } = await aResource({ introspectedBy: api.clientId });
    const token = await aTokenOf(machine, { resource: uri });
    await disableClient(machine.owner, machine.clientId);
    expect(await introspect(api, token)).toEqual({ active: false });
  });
});
