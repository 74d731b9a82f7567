import { eq } from 'drizzle-orm';
import { type JWTPayload, SignJWT } from 'jose';
import {
  allowInsecureRequests,
  clientCredentialsGrant,
  discovery,
  PrivateKeyJwt,
  tokenIntrospection,
  tokenRevocation,
} from 'openid-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { once } from '#lib/kernel/once';
import { anOwner } from '#support/actors';
import {
  aKey,
  aKeyedClient,
  askByAssertion,
  assertionOf,
  assertionType,
  type ClientKey,
  inSeconds,
} from '#support/client-keys';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, basic, post } from '#support/oauth';

let organization: Awaited<ReturnType<typeof anOwner>>;
let key: ClientKey;
let clientId: string;
beforeAll(async () => {
  organization = await anOwner(db);
  key = await aKey();
  clientId = await aKeyedClient(organization, { jwks: { keys: [key.jwk] } });
});

const outcome = ({ status, body }: { status: number; body: { error?: string } }) => ({ status, error: body.error });
const refused = { status: 401, error: 'invalid_client' };

describe('openid-client without special configuration', () => {
  test.each(['ES256', 'ES384', 'PS256', 'RS256', 'Ed25519', 'EdDSA'])(
    '%s: gets a token, introspects it, revokes it',
    async (alg) => {
      const { jwk, kid, privateKey } = await aKey(alg);
      const clientId = await aKeyedClient(organization, { jwks: { keys: [jwk] } });
      const method = PrivateKeyJwt({ key: privateKey, kid: kid ?? '' });
      const config = await discovery(new URL(origin), clientId, undefined, method, {
        execute: [allowInsecureRequests],
      });
      const { access_token, ...rest } = await clientCredentialsGrant(config);
      expect(rest).toMatchObject({ token_type: 'bearer', scope: 'read' });
      expect(await tokenIntrospection(config, access_token)).toMatchObject({ active: true, client_id: clientId });
      await tokenRevocation(config, access_token);
      expect(await tokenIntrospection(config, access_token)).toEqual({ active: false });
    },
  );

  test('rule A13: discovery names the method and its algorithms, none of them symmetric', async () => {
    const metadata = await (await fetch(`${origin}/.well-known/openid-configuration`)).json();
    for (const endpoint of ['token', 'revocation', 'introspection']) {
      expect(metadata[`${endpoint}_endpoint_auth_methods_supported`]).toContain('private_key_jwt');
      const algorithms: string[] = metadata[`${endpoint}_endpoint_auth_signing_alg_values_supported`];
      expect(algorithms).toEqual(expect.arrayContaining(['ES256', 'PS256', 'RS256', 'EdDSA']));
      expect(algorithms.filter((alg) => /^HS|^none$/.test(alg))).toEqual([]);
    }
  });
});

const withoutClaim = (name: string) => async () => {
  const claims: JWTPayload = { iss: clientId, sub: clientId, aud: origin, jti: 'once', exp: inSeconds(60) };
  delete claims[name];
  return new SignJWT(claims).setProtectedHeader({ alg: key.alg, kid: key.kid ?? '' }).sign(key.privateKey);
};
const withClaims = (claims: () => Record<string, unknown>) => () => assertionOf(clientId, key, claims());

describe('rule S6', () => {
  test.each<[string, () => Promise<string>, object]>([
    ['as it should be', withClaims(() => ({})), { status: 200 }],
    [
      'active in 8 seconds: clocks differ',
      withClaims(() => ({ nbf: inSeconds(8), iat: inSeconds(8) })),
      { status: 200 },
    ],
    ['active in a minute', withClaims(() => ({ nbf: inSeconds(60) })), refused],
    ['that was over five minutes ago', withClaims(() => ({ exp: inSeconds(-300) })), refused],
    ['that lives five minutes', withClaims(() => ({ exp: inSeconds(300) })), { status: 200 }],
    ['that lives ten minutes', withClaims(() => ({ exp: inSeconds(600) })), refused],
    ['whose end is a text', withClaims(() => ({ exp: String(inSeconds(60)) })), refused],
    ['without an end', withoutClaim('exp'), refused],
    ['without a jti', withoutClaim('jti'), refused],
    ['whose jti is a number', withClaims(() => ({ jti: 7 })), refused],
    ['without iss', withoutClaim('iss'), refused],
    ['of another iss', withClaims(() => ({ iss: 'https://elsewhere.example' })), refused],
    ['without sub', withoutClaim('sub'), refused],
    ['about another client', withClaims(() => ({ sub: '00000000-0000-4000-8000-000000000000' })), refused],
    ['about the client in capitals', withClaims(() => ({ sub: clientId.toUpperCase() })), refused],
    ['without aud', withoutClaim('aud'), refused],
    ['for another server', withClaims(() => ({ aud: 'https://elsewhere.example' })), refused],
    ['for the token endpoint', withClaims(() => ({ aud: `${origin}/oauth/token` })), refused],
    ['for the issuer with a slash', withClaims(() => ({ aud: `${origin}/` })), refused],
    ['for a list with the issuer in it', withClaims(() => ({ aud: [origin] })), refused],
    [
      'of another key under the same kid',
      async () => assertionOf(clientId, { ...(await aKey()), kid: key.kid }),
      refused,
    ],
    ['of a key that is not registered', async () => assertionOf(clientId, await aKey()), refused],
    [
      'of another algorithm than the key’s',
      async () => assertionOf(clientId, { ...(await aKey('RS256')), kid: key.kid }),
      refused,
    ],
    [
      'without a signature',
      async () => `${btoa('{"alg":"none"}')}.${(await assertionOf(clientId, key)).split('.')[1]}.`.replaceAll('=', ''),
      refused,
    ],
    [
      'signed with the public key as a secret',
      async () =>
        new SignJWT({ iss: clientId, sub: clientId, aud: origin, jti: 'x', exp: inSeconds(60) })
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(JSON.stringify(key.jwk))),
      refused,
    ],
    ['that is no JWT', async () => 'nonsense', { status: 400, error: 'invalid_request' }],
    ['that is empty', async () => '', { status: 400, error: 'invalid_request' }],
  ])('an assertion %s', async (_title, assertion, expected) => {
    expect(outcome(await askByAssertion(await assertion()))).toEqual({ error: undefined, ...expected });
  });

  test('is refused with another client_id, no type, another type or a secret', async () => {
    const invalid = { status: 400, error: 'invalid_request' };
    const machine = await aMachine();
    const ask = async (form: Record<string, string>) =>
      outcome(await askByAssertion(await assertionOf(clientId, key), form));
    expect(await ask({ client_id: machine.clientId })).toEqual(invalid);
    expect(await ask({ client_assertion_type: '' })).toEqual(invalid);
    expect(await ask({ client_assertion_type: 'urn:other' })).toEqual(invalid);
    expect(await ask({ client_secret: machine.secret })).toEqual(invalid);
    expect(await ask({ client_id: clientId })).toEqual({ status: 200 });
    const both = {
      grant_type: 'client_credentials',
      client_assertion: await assertionOf(clientId, key),
      client_assertion_type: assertionType,
    };
    expect(outcome(await post('/oauth/token', both, { authorization: basic(machine) }))).toEqual(invalid);
  });

  test('a client with a secret cannot use a key, and a client with a key cannot use a secret', async () => {
    const machine = await aMachine({ jwks: { keys: [key.jwk] } });
    expect(outcome(await askByAssertion(await assertionOf(machine.clientId, key)))).toEqual(refused);
    await db
      .update(clients)
      .set({ tokenEndpointAuthMethod: 'private_key_jwt' })
      .where(eq(clients.clientId, machine.clientId));
    expect(
      outcome(await post('/oauth/token', { grant_type: 'client_credentials' }, { authorization: basic(machine) })),
    ).toEqual(refused);
    expect(outcome(await askByAssertion(await assertionOf(machine.clientId, key)))).toEqual({ status: 200 });
  });

  test.each(['/oauth/token', '/oauth2/token', '/oauth2/tokens', '/o/token/', '/v2/oauth/token'])(
    'at every spelling: %s, for the issuer',
    async (path) => {
      expect((await askByAssertion(await assertionOf(clientId, key), {}, path)).status).toBe(200);
    },
  );
});

describe('an assertion is used once', () => {
  test('of ten at the same moment one is answered, and none later', async () => {
    const assertion = await assertionOf(clientId, key);
    const answers = await Promise.all(Array.from({ length: 10 }, () => askByAssertion(assertion)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 401)]);
    expect(outcome(await askByAssertion(assertion))).toEqual(refused);
  });

  test('also at another endpoint, and by a provider that was made since: the database knows it', async () => {
    const assertion = await assertionOf(clientId, key);
    expect((await askByAssertion(assertion)).status).toBe(200);
    once<{ running?: unknown; readAt: number }>('authorization-server', () => ({ readAt: 0 })).running = undefined;
    expect(outcome(await askByAssertion(assertion))).toEqual(refused);
    expect(outcome(await askByAssertion(assertion, { token: 'x' }, '/oauth/introspect'))).toEqual(refused);
  });

  test('another client may use the same jti', async () => {
    const other = await aKeyedClient(organization, { jwks: { keys: [key.jwk] } });
    for (const one of [clientId, other])
      expect((await askByAssertion(await assertionOf(one, key, { jti: 'the same' }))).status).toBe(200);
  });
});

test('two keys overlap; one that is taken out is refused at once', async () => {
  const [old, next] = [await aKey(), await aKey()];
  const id = await aKeyedClient(organization, { jwks: { keys: [old.jwk, next.jwk] } });
  for (const one of [old, next]) expect((await askByAssertion(await assertionOf(id, one))).status).toBe(200);
  await db
    .update(clients)
    .set({ jwks: { keys: [next.jwk] } })
    .where(eq(clients.clientId, id));
  expect(outcome(await askByAssertion(await assertionOf(id, old)))).toEqual(refused);
  expect((await askByAssertion(await assertionOf(id, next))).status).toBe(200);
});

test('a key needs no kid, and may have members that nobody understands', async () => {
  const bare = await aKey('ES256', '');
  const { kid: _kid, alg: _alg, use: _use, ...jwk } = bare.jwk;
  const id = await aKeyedClient(organization, { jwks: { keys: [{ ...jwk, x5c: 7, ext: true }] } });
  expect((await askByAssertion(await assertionOf(id, { ...bare, kid: undefined }))).status).toBe(200);
});

test('its use is noted', async () => {
  const id = await aKeyedClient(organization, { jwks: { keys: [key.jwk] } });
  await askByAssertion(await assertionOf(id, key));
  const read = () => db.select({ at: clients.lastUsedAt }).from(clients).where(eq(clients.clientId, id));
  await expect.poll(read).toEqual([{ at: expect.any(Date) }]);
});
