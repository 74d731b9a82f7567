import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Agent, aPersonsAgent, callback } from '#support/authorizing';
import { aKey, askByAssertion, assertionOf } from '#support/client-keys';
import { anInitialAccessToken, registeredWithKey } from '#support/dynamic-relying-party';
import { asSent, type Registered } from '#support/registration';
import { aRequest, arrive, runFlow } from '#support/relying-party';
import { startSecureCanary } from '#support/secure-canary';

// The software directory of these tests.
process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';
const issuer = 'https://directory.example';
const signing = await aKey('PS256');
const directory = await startSecureCanary((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ keys: [signing.jwk] }));
});
process.env.CLIENTELE_SOFTWARE_ISSUERS = `${issuer} ${directory.origin}/jwks`;
afterAll(() => directory.stop());

const second = `${callback}/second`;
const aStatement = (by = signing, claims: object = {}) =>
  new SignJWT({ software_id: 'a-software', client_name: 'Approved', ...claims })
    .setProtectedHeader({ alg: by.alg, kid: signing.kid })
    .setIssuer(issuer)
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(by.privateKey);

let token: string;
let agent: Agent;
beforeAll(async () => {
  [token, agent] = await Promise.all([anInitialAccessToken(), aPersonsAgent()]);
});

/** Registers with a statement and a key, over the network. */
async function register(metadata: object = {}) {
  const software_statement = await aStatement();
  const made = await registeredWithKey(token, { software_statement, ...metadata });
  const client = made.client as unknown as Registered;
  return { ...made, client, manage: client.registration_client_uri, access: client.registration_access_token };
}
const refused = (metadata: object, error: string) =>
  expect(register(metadata)).rejects.toMatchObject({ status: 400, error });

async function call(method: string, url: string, access: string | undefined, body?: object) {
  const headers: Record<string, string> = {
    ...(access !== undefined && { authorization: `Bearer ${access}` }),
    ...(body && { 'content-type': 'application/json' }),
  };
  const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

const privateJwks = () => ({ jwks: { keys: [{ ...signing.jwk, d: 'AAAA' }] } });

describe('registering', () => {
  test.each([
    ['fapi1-advanced-final-brazildcr-happy-flow', {}],
    [
      'fapi1-advanced-final-brazildcr-happy-flow-variant',
      { grant_types: ['refresh_token', 'authorization_code'], scope: 'openid profile email offline_access' },
    ],
    ['fapi1-advanced-final-brazildcr-happy-flow-variant-2', { scope: 'offline_access email profile openid' }],
  ])('%s', async (_module, metadata) => {
    const { client, config } = await register(metadata);
    expect(client).toMatchObject({ software_id: 'a-software', client_name: 'Approved', redirect_uris: [callback] });
    expect(client).toHaveProperty('software_statement');
    expect((await runFlow(agent, config)).claims.aud).toBe(client.client_id);
  });

  test('fapi1-advanced-final-brazil-dcr-invalid-software-statement-signature', async () => {
    await refused({ software_statement: await aStatement(await aKey('PS256')) }, 'invalid_software_statement');
  });

  test('fapi1-advanced-final-brazil-dcr-no-redirect-uri', async () => {
    await refused({ redirect_uris: undefined }, 'invalid_redirect_uri');
  });

  test('fapi1-advanced-final-brazil-dcr-invalid-redirect-uri', async () => {
    await refused({ redirect_uris: ['http://app.example.com/callback'] }, 'invalid_redirect_uri');
    // One that the statement does not name is not registered either: its own win.
    const software_statement = await aStatement(signing, { redirect_uris: [callback] });
    const { client } = await register({ software_statement, redirect_uris: ['https://elsewhere.example/callback'] });
    expect(client.redirect_uris).toEqual([callback]);
  });

  test('fapi1-advanced-final-brazil-dcr-invalid-jwks-uri', async () => {
    await refused({ jwks_uri: 'http://app.example.com/jwks' }, 'invalid_client_metadata');
  });

  test('fapi1-advanced-final-brazil-dcr-invalid-jwks-by-value', async () => {
    await refused(privateJwks(), 'invalid_client_metadata');
  });
});

describe('managing', () => {
  test('fapi1-advanced-final-brazildcr-client-delete', async () => {
    const { manage, access, clientId, key } = await register();
    expect(await call('DELETE', manage, access)).toEqual({ status: 204, body: undefined });
    for (const method of ['GET', 'DELETE']) expect((await call(method, manage, access)).status).toBe(401);
    const { status, body } = await askByAssertion(await assertionOf(clientId, key));
    expect([status, body.error]).toEqual([401, 'invalid_client']);
  });

  test('fapi1-advanced-final-brazildcr-invalid-registration-access-token', async () => {
    const [{ manage, access, client }, other] = [await register(), await register()];
    for (const bad of [undefined, 'nonsense', `${access}x`, other.access, token])
      for (const method of ['GET', 'DELETE']) expect((await call(method, manage, bad)).status).toBe(401);
    expect(await call('GET', manage, access)).toMatchObject({ status: 200, body: { client_id: client.client_id } });
  });

  test('fapi1-advanced-final-brazildcr-update-client-config', async () => {
    const { manage, access, client, config } = await register();
    const changed = { ...asSent(client), redirect_uris: [second] };
    expect(await call('PUT', manage, access, changed)).toMatchObject({
      status: 200,
      body: { redirect_uris: [second] },
    });
    const tokens = await runFlow(agent, config, { redirect_uri: second });
    expect(tokens.claims.aud).toBe(client.client_id);
    for (const bad of [undefined, 'nonsense', token])
      expect((await call('PUT', manage, bad, { ...changed, redirect_uris: [callback] })).status).toBe(401);
    expect((await call('GET', manage, access)).body.redirect_uris).toEqual([second]);
  });

  test.each([
    [
      'fapi1-advanced-final-brazildcr-update-client-config-bad-jwks-uri',
      { jwks: undefined, jwks_uri: 'http://x.example' },
    ],
    ['fapi1-advanced-final-brazildcr-update-client-config-invalid-jwks-by-value', privateJwks()],
    [
      'fapi1-advanced-final-brazildcr-update-client-config-invalid-redirect-uri',
      { redirect_uris: ['http://app.example.com/callback'] },
    ],
  ])('%s', async (_module, change) => {
    const { manage, access, client, config } = await register();
    const { status, body } = await call('PUT', manage, access, { ...asSent(client), ...change });
    expect(status).toBe(400);
    expect(['invalid_client_metadata', 'invalid_redirect_uri']).toContain(body.error);
    const { jwks, redirect_uris } = (await call('GET', manage, access)).body;
    expect({ jwks, redirect_uris }).toEqual({ jwks: client.jwks, redirect_uris: client.redirect_uris });
    expect(await arrive(agent, aRequest(config).url)).not.toContain('error=');
  });
});
