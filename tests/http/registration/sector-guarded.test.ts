import { afterAll, expect, test } from 'vitest';
import { ask } from '#support/api';
import { aBody, aRegistrar, refusalOf } from '#support/registration';
import { startSecureCanary } from '#support/secure-canary';

const server = await startSecureCanary((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(aBody.redirect_uris));
});
afterAll(() => server.stop());

test('a sector identifier URI (M17) on this machine is not asked for without leave', async () => {
  const { token } = await aRegistrar();
  const body = { ...aBody, subject_type: 'pairwise', sector_identifier_uri: `${server.origin}/all` };
  const answer = await ask('POST', '/oauth/register', { token, body });
  expect([answer.status, await refusalOf(answer)]).toMatchObject([
    400,
    {
      error: 'invalid_client_metadata',
      error_description: 'sector_identifier_uri: The list cannot be read: It leads to an address that is not public.',
    },
  ]);
  expect(server.connections()).toBe(0);
});
