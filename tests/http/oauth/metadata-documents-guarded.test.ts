import { expect, test } from 'vitest';
import { aPersonsAgent, authorizationUrl } from '#support/authorizing';
import { origin } from '#support/listening';
import { post } from '#support/oauth';
import { aSelfDescribedApp, site } from '#support/self-described';

test('a document on loopback is not fetched without permission (rule C4)', async () => {
  const app = aSelfDescribedApp();
  const agent = await aPersonsAgent();
  const page = (await agent.go(authorizationUrl(app))).headers.get('x-page');
  expect(page).toMatch(/^\/refused\/[^/]+\?because=document$/);
  const told = await post('/oauth/token', { grant_type: 'refresh_token', refresh_token: 'x', client_id: app.clientId });
  expect([told.status, told.body.error]).toEqual([401, 'invalid_client']);
  expect(site.connections()).toBe(0);
});

test.each(['10.0.0.1', '169.254.169.254', '[::1]', '[fd00::1]', 'localhost'])(
  'nor is one at https://%s, with an answer that says nothing about that host',
  async (host) => {
    const told = await post('/oauth/device', { client_id: `https://${host}/client.json` });
    expect([told.status, told.body.error]).toEqual([401, 'invalid_client']);
    expect(told.body.error_description).toMatch(/cannot be used/);
    expect((await fetch(`${origin}/oauth/jwks`)).status).toBe(200);
  },
);
