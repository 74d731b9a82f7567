import { eq } from 'drizzle-orm';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { grants } from '#db/schema/grant';
import { users } from '#db/schema/user';
import { disableClient } from '#lib/clients/index';
import { type CreateResource, createResource, removeResource, updateResource } from '#lib/resources/index';
import { aPerson, stranger } from '#support/actors';
import { anAgent, aPersonsAgent, authorize, aWebApp, pkce, redeem, tokensOf } from '#support/authorizing';
import { aKey } from '#support/client-keys';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, askToken, aTokenOf, basic, introspect, post } from '#support/oauth';
import { proofOf } from '#support/possession';

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

  test('an API that asks about one is told the truth, as of an opaque one; nobody else is', async () => {
    const [machine, api, other] = [await aMachine(), await aMachine(), await aMachine()];
    const { uri } = await aResource({ accessTokenFormat: 'jwt', introspectedBy: [api.clientId] });
    await aResource({ accessTokenFormat: 'jwt', introspectedBy: [other.clientId] });
    const token = await aTokenOf(machine, { resource: uri });
    const { jti, exp, iat } = decodeJwt(token);
    const told = { active: true, iss: origin, aud: uri, scope: 'read', jti, exp, iat, token_type: 'Bearer' };
    const expected = { ...told, sub: machine.clientId, client_id: machine.clientId };
    for (const path of ['/oauth/introspect', '/oauth2/tokens/introspect', '/v2/oauth/introspect'])
      for (const asking of [api, machine]) expect(await introspect(asking, token, path)).toEqual(expected);
    expect(await introspect(other, token)).toEqual({ active: false });
    const wrong = { ...api, secret: 'wrong' };
    expect((await post('/oauth/introspect', { token }, { authorization: basic(wrong) })).status).toBe(401);
    await disableClient(machine.owner, machine.clientId);
    expect(await introspect(api, token)).toEqual({ active: false });
  });

  test.each([
    ['the person revokes the app', revokeGrant],
    ['the person takes a scope back', takeBack],
    [
      'the account is over',
      (userId: string) => db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId)),
    ],
    ['it was revoked and allowed anew', allowAnew],
    [
      'its API does not offer its scopes any more',
      (_userId: string, uri: string) => updateResource(operator, uri, { scopes: ['write'] }),
    ],
  ])('a person’s: not once %s', async (_title, end) => {
    const api = await aMachine();
    const { uri } = await aResource({ accessTokenFormat: 'jwt', introspectedBy: [api.clientId] });
    const app = await aWebApp({ subjectType: 'pairwise', requirePkce: false });
    const person = await aPerson(db);
    const token = (await tokensOf(await anAgent(person), app, { scope: 'openid read', resource: uri })).access_token;
    const { sub } = decodeJwt(token);
    expect(sub).not.toBe(person.actor.userId);
    expect(await introspect(api, token)).toMatchObject({ active: true, sub, client_id: app.clientId, scope: 'read' });
    await end(person.actor.userId, uri);
    expect(await introspect(api, token)).toEqual({ active: false });
  });

  test('whatever else looks like one is not active, and can be revoked: nobody is answered an error', async () => {
    const [machine, api] = [await aMachine(), await aMachine()];
    const { uri } = await aResource({ accessTokenFormat: 'jwt', introspectedBy: [api.clientId] });
    const app = await aWebApp({ requirePkce: false });
    const idToken = (await tokensOf(await aPersonsAgent(), app, { scope: 'openid' })).id_token ?? '';
    const token = await aTokenOf(machine, { resource: uri });
    const [header = '', payload = '', signature = ''] = token.split('.');
    const { privateKey } = await generateKeyPair('ES256');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = (claims: object, alg = 'ES256') =>
      new SignJWT({ ...decodeJwt(token), ...claims })
        .setProtectedHeader({ ...decodeProtectedHeader(token), alg })
        .sign(privateKey);
    const others = [
      idToken,
      `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
      `${header}.${part({ ...decodeJwt(token), scope: 'read write' })}.${signature}`,
      `${part({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
      await forged({}),
      await forged({ iss: 'https://elsewhere.example' }),
      `${part({ alg: 'dir', enc: 'A256GCM' })}....`,
      `${header}.`,
      `${header}.${payload}`,
      `${header}.x.y.z`,
      `${part({ ...decodeProtectedHeader(token), jwk: {}, crit: ['x'] })}.${payload}.${signature}`,
    ];
    for (const path of ['/oauth/introspect', '/oauth2/tokens/introspect', '/v2/oauth/introspect'])
      for (const one of others) {
        const answer = await post(
          path,
          { token: one, token_type_hint: 'access_token' },
          { authorization: basic(machine) },
        );
        expect({ one, status: answer.status, body: answer.body }).toEqual({
          one,
          status: 200,
          body: { active: false },
        });
      }
    for (const path of ['/oauth/revoke', '/oauth2/tokens/revoke'])
      for (const one of [token, ...others])
        expect((await post(path, { token: one }, { authorization: basic(machine) })).status).toBe(200);
  });

  test('an expired one is not active', async () => {
    const [machine, api] = [await aMachine(), await aMachine()];
    const { uri } = await aResource({ accessTokenFormat: 'jwt', lifetimeSeconds: 1, introspectedBy: [api.clientId] });
    const token = await aTokenOf(machine, { resource: uri });
    await expect.poll(() => introspect(api, token), { timeout: 5000 }).toEqual({ active: false });
  });

  test('one that is bound to a key is told with the key', async () => {
    const [machine, api] = [await aMachine(), await aMachine()];
    const { uri } = await aResource({ accessTokenFormat: 'jwt', introspectedBy: [api.clientId] });
    const dpop = await proofOf(await aKey());
    const form = { grant_type: 'client_credentials', resource: uri };
    const { access_token } = (await post('/oauth/token', form, { authorization: basic(machine), dpop })).body;
    const { cnf } = decodeJwt(access_token);
    expect(await introspect(api, access_token)).toMatchObject({ active: true, token_type: 'DPoP', cnf });
  });
});

const grantOf = (userId: string) => db.select().from(grants).where(eq(grants.userId, userId));

async function revokeGrant(userId: string) {
  const [grant] = await grantOf(userId);
  await db.delete(grants).where(eq(grants.userId, userId));
  return grant;
}

async function takeBack(userId: string) {
  await db
    .update(grants)
    .set({ scopes: ['openid'] })
    .where(eq(grants.userId, userId));
}

async function allowAnew(userId: string) {
  const grant = await revokeGrant(userId);
  if (!grant) throw new Error('nothing was allowed');
  await db.insert(grants).values({ ...grant, createdAt: new Date(Date.now() + 1000) });
}

describe('rule A16: who may introspect a token for a resource', () => {
  test('its client, and the client as which the resource asks; nobody else', async () => {
    const [machine, api, other] = [await aMachine(), await aMachine(), await aMachine()];
    const { uri } = await aResource({ introspectedBy: [api.clientId] });
    const token = await aTokenOf(machine, { resource: uri });
    const told = { active: true, aud: uri, client_id: machine.clientId, scope: 'read' };
    expect(await introspect(machine, token)).toMatchObject(told);
    expect(await introspect(api, token)).toMatchObject(told);
    expect(await introspect(other, token)).toEqual({ active: false });
  });

  test('the resource is told of no token for another, and of none without an audience', async () => {
    const [machine, api] = [await aMachine({ scopes: ['files:read', 'rooms:read'] }), await aMachine()];
    await aResource({ introspectedBy: [api.clientId] });
    const { uri } = await aResource();
    expect(await introspect(api, await aTokenOf(machine, { resource: uri }))).toEqual({ active: false });
    expect(await introspect(api, await aTokenOf(machine, { scope: 'rooms:read' }))).toEqual({ active: false });
  });

  test('it cannot revoke what it is told of', async () => {
    const [machine, api] = [await aMachine(), await aMachine()];
    const { uri } = await aResource({ introspectedBy: [api.clientId] });
    const token = await aTokenOf(machine, { resource: uri });
    const form = { token, client_id: api.clientId, client_secret: api.secret };
    expect((await post('/oauth/revoke', form)).status).toBe(200);
    expect(await introspect(machine, token)).toMatchObject({ active: true });
  });

  test('once the client is disabled, the resource is told so at the next question', async () => {
    const [machine, api] = [await aMachine(), await aMachine()];
    const { uri } = await aResource({ introspectedBy: [api.clientId] });
    const token = await aTokenOf(machine, { resource: uri });
    await disableClient(machine.owner, machine.clientId);
    expect(await introspect(api, token)).toEqual({ active: false });
  });
});
