import { afterAll, expect, test } from 'vitest';
import { anOwner } from '#support/actors';
import { aKey, aKeyedClient, askByAssertion, assertionOf } from '#support/client-keys';
import { db } from '#support/database';
import { startSecureCanary } from '#support/secure-canary';

const key = await aKey();
const server = await startSecureCanary((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [key.jwk] }));
});
afterAll(() => server.stop());

test('keys on loopback are not fetched without permission', async () => {
  const clientId = await aKeyedClient(await anOwner(db), { jwksUri: `${server.origin}/jwks` });
  expect((await askByAssertion(await assertionOf(clientId, key))).status).toBe(401);
  expect(server.connections()).toBe(0);
});
