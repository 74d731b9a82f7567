import { eq } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { clientKeySets } from '#db/schema/client-key-set';
import { anOwner } from '#support/actors';
import { aKey, aKeyedClient, askByAssertion, assertionOf } from '#support/client-keys';
import { db } from '#support/database';
import { startSecureCanary } from '#support/secure-canary';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

type Answer = { status: number; headers?: Record<string, string>; body: unknown };
let published: Answer;
const publish = (...keys: Record<string, unknown>[]) => {
  published = { status: 200, body: { keys } };
};
const server = await startSecureCanary((_, response) => {
  response.writeHead(published.status, { 'content-type': 'application/jwk-set+json', ...published.headers });
  response.end(typeof published.body === 'string' ? published.body : JSON.stringify(published.body));
});
afterAll(() => server.stop());

const organization = await anOwner(db);
let clientId: string;
beforeEach(async () => {
  clientId = await aKeyedClient(organization, { jwksUri: `${server.origin}/jwks` });
  server.paths.length = 0;
});
const statusOf = async (...by: Parameters<typeof assertionOf>) =>
  (await askByAssertion(await assertionOf(...by))).status;
const age = (minutes: number) =>
  db
    .update(clientKeySets)
    .set({ readAt: new Date(Date.now() - minutes * 60_000) })
    .where(eq(clientKeySets.clientId, clientId));

describe('keys at a jwks_uri', () => {
  test('are fetched once, for every process', async () => {
    const key = await aKey();
    publish(key.jwk);
    for (let i = 0; i < 3; i++) expect(await statusOf(clientId, key)).toBe(200);
    expect(server.paths).toEqual(['/jwks']);
  });

  test('are fetched once for ten requests at once', async () => {
    const key = await aKey();
    publish(key.jwk);
    const asked = Array.from({ length: 10 }, () => statusOf(clientId, key));
    expect(await Promise.all(asked)).toEqual(asked.map(() => 200));
    expect(server.paths).toEqual(['/jwks']);
  });

  test('a rotation acts at once: an unknown kid causes a fetch, and the old key is refused afterwards', async () => {
    const [old, next] = [await aKey(), await aKey('PS256')];
    publish(old.jwk);
    expect(await statusOf(clientId, old)).toBe(200);
    publish(next.jwk);
    expect(await statusOf(clientId, next)).toBe(200);
    expect(await statusOf(clientId, old)).toBe(401);
  });

  test('a key that was taken out, with none in its place, is refused after five minutes', async () => {
    const [key, other] = [await aKey(), await aKey()];
    publish(key.jwk, other.jwk);
    expect(await statusOf(clientId, key)).toBe(200);
    publish(other.jwk);
    await age(4);
    expect(await statusOf(clientId, key)).toBe(200);
    await age(6);
    expect(await statusOf(clientId, key)).toBe(401);
  });

  test('work for an hour while their host cannot be read, and no longer', async () => {
    const key = await aKey();
    publish(key.jwk);
    expect(await statusOf(clientId, key)).toBe(200);
    published = { status: 500, body: {} };
    await age(59);
    expect(await statusOf(clientId, key)).toBe(200);
    await age(61);
    expect(await statusOf(clientId, key)).toBe(401);
    publish(key.jwk);
    expect(await statusOf(clientId, key)).toBe(200);
  });

  test('of the address before an edit are not those of the address after it', async () => {
    const [old, next] = [await aKey(), await aKey()];
    publish(old.jwk);
    expect(await statusOf(clientId, old)).toBe(200);
    publish(next.jwk);
    await db
      .update(clients)
      .set({ jwksUri: `${server.origin}/others` })
      .where(eq(clients.clientId, clientId));
    expect(await statusOf(clientId, old)).toBe(401);
    expect(await statusOf(clientId, next)).toBe(200);
    expect(server.paths).toEqual(['/jwks', '/others']);
  });

  test('without a kid are tried one by one; what is no usable public key among them is passed over', async () => {
    const key = await aKey('ES256', '');
    const { kid: _, ...jwk } = key.jwk;
    publish((await aKey()).jwk, { kty: 'oct', k: 'c2VjcmV0' }, { kty: 'unheard-of' }, { ...jwk, d: 'secret' }, jwk);
    expect(await statusOf(clientId, { ...key, kid: undefined })).toBe(200);
  });

  test.each<[string, (jwk: Record<string, unknown>) => Answer]>([
    ['an error', (jwk) => ({ status: 500, body: { keys: [jwk] } })],
    [
      'a redirect',
      (jwk) => ({ status: 302, headers: { location: `${server.origin}/elsewhere` }, body: { keys: [jwk] } }),
    ],
    ['a page', (jwk) => ({ status: 200, headers: { 'content-type': 'text/html' }, body: { keys: [jwk] } })],
    ['more than 64 KiB', (jwk) => ({ status: 200, body: { keys: [jwk], padding: 'x'.repeat(65 * 1024) } })],
    ['no JSON', () => ({ status: 200, body: '{' })],
    ['a list', (jwk) => ({ status: 200, body: [jwk] })],
    ['null', () => ({ status: 200, body: 'null' })],
    ['no keys', () => ({ status: 200, body: { keys: [] } })],
    ['keys that are no list', (jwk) => ({ status: 200, body: { keys: jwk } })],
    ['a private key', (jwk) => ({ status: 200, body: { keys: [{ ...jwk, d: 'x' }] } })],
  ])('that answers with %s authenticates nobody: 401', async (_title, answer) => {
    const key = await aKey();
    published = answer(key.jwk);
    expect(await statusOf(clientId, key)).toBe(401);
    expect(server.paths).toEqual(['/jwks']);
  });
});
