import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '#support/api';
import { startCanary } from '#support/canary';
import { aBody, aRegistrar, asSent, pathOf, type Registered, refusalOf } from '#support/registration';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

const issuer = 'https://software.example';
const keys = await generateKeyPair('ES256');
const others = await generateKeyPair('ES256');
const documents: Record<string, unknown> = {
  '/jwks': { keys: [{ ...((await exportJWK(keys.publicKey)) as JWK), alg: 'ES256' }] },
  '/all': ['https://notes.example/cb', 'https://other.example/cb'],
  '/few': ['https://notes.example/cb'],
  '/object': { uris: [] },
  '/mixed': ['https://notes.example/cb', 'https://other.example/cb', 7],
};
const server = await startCanary((request, response) => {
  response.writeHead(request.url && request.url in documents ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(documents[request.url ?? '']));
});
process.env.CLIENTELE_SOFTWARE_ISSUERS = `https://nobody.example ${server.origin}/none, ${issuer} ${server.origin}/jwks`;
afterAll(() => server.stop());

let mine: Awaited<ReturnType<typeof aRegistrar>>;
beforeAll(async () => {
  mine = await aRegistrar();
});
const refused = async (body: object) => {
  const answer = await ask('POST', '/oauth/register', { token: mine.token, body: { ...aBody, ...body } });
  return { status: answer.status, ...(await refusalOf(answer)) };
};

const sign = (claims: object, { by = keys.privateKey, iss = issuer, exp = '5m' } = {}) =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256' }).setIssuer(iss).setExpirationTime(exp).sign(by);

describe('a software statement of a trusted issuer (M23)', () => {
  const claims = { client_name: 'Approved notes', software_id: 'notes', scope: 'openid' };

  test('replaces the other members, and is returned unchanged', async () => {
    const software_statement = await sign({ ...claims, client_id: 'mine' });
    const made = await mine.register({ client_name: 'Bank', scope: 'files:read', software_statement });
    expect(made).toMatchObject({ ...claims, software_statement, redirect_uris: aBody.redirect_uris });
    const read = await ask('GET', pathOf(made), { token: made.registration_access_token });
    expect(await read.json()).toMatchObject({ ...claims, software_statement });
    const put = await ask('PUT', pathOf(made), {
      token: made.registration_access_token,
      body: { ...asSent(made), client_name: 'Bank' },
    });
    expect([put.status, await put.json()]).toMatchObject([200, { ...claims, software_statement }]);
  });

  test.each<[string, () => Promise<unknown> | unknown, string]>([
    [
      'of an issuer that is not trusted',
      () => sign(claims, { iss: 'https://evil.example' }),
      'unapproved_software_statement',
    ],
    [
      'of no issuer',
      () => new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(keys.privateKey),
      'unapproved_software_statement',
    ],
    ['signed by another', () => sign(claims, { by: others.privateKey }), 'invalid_software_statement'],
    ['that is over', () => sign(claims, { exp: '-5m' }), 'invalid_software_statement'],
    [
      'that was altered',
      async () =>
        (await sign(claims)).replace(
          /\.[^.]*\./,
          `.${btoa(JSON.stringify({ iss: issuer, client_name: 'Bank' })).replaceAll('=', '')}.`,
        ),
      'invalid_software_statement',
    ],
    [
      'without a signature',
      () => `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ iss: issuer }))}.`.replaceAll('=', ''),
      'invalid_software_statement',
    ],
    [
      'under a symmetric key',
      () => new SignJWT({ ...claims, iss: issuer }).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32)),
      'invalid_software_statement',
    ],
    [
      'whose issuer’s keys cannot be read',
      () => sign(claims, { iss: 'https://nobody.example' }),
      'invalid_software_statement',
    ],
    ['that is no JWT', () => 'nonsense', 'invalid_software_statement'],
    ['that is no text', () => ({ a: 1 }), 'invalid_software_statement'],
  ])('%s is refused', async (_, statement, error) => {
    expect(await refused({ software_statement: await statement() })).toMatchObject({ status: 400, error });
  });
});

describe('a sector identifier URI (M17)', () => {
  const two = { redirect_uris: ['https://notes.example/cb', 'https://other.example/cb'], subject_type: 'pairwise' };

  test('is needed by pairwise subjects of several hosts', async () => {
    expect(await refused(two)).toMatchObject({ status: 400, error: 'invalid_client_metadata' });
  });

  // A sector lives under https; this server speaks http: what is read over https is in sector.test.ts.
  test.each(['http://127.0.0.1/all', 'ftp://notes.example/all', 'https://notes.example/#x'])(
    '%s is no address for it',
    async (uri) => {
      expect(await refused({ ...two, sector_identifier_uri: uri })).toMatchObject({
        status: 400,
        error_description: expect.stringContaining('sector_identifier_uri: '),
      });
    },
  );

  test.each(['https://10.0.0.1/all', 'https://169.254.169.254/latest', 'https://[fd00::1]/'])(
    'is not asked for inside a network: %s',
    async (uri) => {
      expect(await refused({ ...two, sector_identifier_uri: uri })).toMatchObject({
        status: 400,
        error_description: 'sector_identifier_uri: The list cannot be read: It leads to an address that is not public.',
      });
    },
  );

  test('is asked for by an update too', async () => {
    const made: Registered = await mine.register();
    const put = await ask('PUT', pathOf(made), {
      token: made.registration_access_token,
      body: { ...asSent(made), sector_identifier_uri: 'https://192.168.0.1/all' },
    });
    expect([put.status, await refusalOf(put)]).toMatchObject([
      400,
      { error_description: expect.stringContaining('not public') },
    ]);
  });
});
