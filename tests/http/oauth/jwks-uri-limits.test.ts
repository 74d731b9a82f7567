import { afterAll, expect, test } from 'vitest';
import { anOwner } from '#support/actors';
import { ask } from '#support/api';
import { aKey, aKeyedClient, assertionOf, assertionType, type ClientKey } from '#support/client-keys';
import { db } from '#support/database';
import { startSecureCanary } from '#support/secure-canary';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';
process.env.CLIENTELE_RATE_LIMIT_FACTOR = '1';

const key = await aKey();
const server = await startSecureCanary((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [key.jwk] }));
});
afterAll(() => server.stop());
const organization = await anOwner(db);
const aClient = () => aKeyedClient(organization, { jwksUri: `${server.origin}/jwks` });

const statusFrom = async (from: string, clientId: string, by: ClientKey) => {
  const answer = await ask('POST', '/oauth/token', {
    from,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion: await assertionOf(clientId, by),
      client_assertion_type: assertionType,
    }).toString(),
  });
  return answer.status;
};

test('unknown key ids cause at most five fetches a minute; the client is not affected', async () => {
  const clientId = await aClient();
  const stranger = await aKey();
  const statuses: number[] = [];
  for (let i = 0; i < 22; i++)
    statuses.push(await statusFrom('198.51.100.7', clientId, { ...stranger, kid: `nobody's ${i}` }));
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), 429, 429]);
  expect(server.paths).toHaveLength(5);
  expect(await statusFrom('198.51.100.8', clientId, key)).toBe(200);
  expect(server.paths).toHaveLength(5);
});

test('many clients with one host cause at most sixty fetches a minute', async () => {
  const stranger = await aKey();
  for (let i = 0; i < 60; i++) await statusFrom(`203.0.113.${i}`, await aClient(), stranger);
  expect(server.paths.length).toBe(60);
});
