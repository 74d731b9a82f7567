import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { anOrganization, aPerson } from '#support/actors';
import { anOwnersBrowser, expectAccessible } from '#support/app-in-browser';
import { portalUrl } from '#support/browser';
import { aClientRow } from '#support/client-row';
import { portalDb } from '#support/portal-database';
import { browserOf } from '#support/portal-people';

/** A developer's machine: a page that does nothing by itself, at two origins. */
const server = createServer(
  (_, response) => void response.setHeader('content-type', 'text/html').end('<title>app</title>'),
);
await once(server.listen(0, '127.0.0.1'), 'listening');
afterAll(() => server.close());
const { port } = server.address() as AddressInfo;
const own = `http://localhost:${port}`;
const foreign = `http://127.0.0.1:${port}`;

test('a single-page app made in the portal gets tokens in a browser; a page elsewhere reads why it does not', async () => {
  const { page: portal } = await anOwnersBrowser();
  await portal.goto('/clients/new');
  await portal.getByLabel('Name').fill('Map viewer');
  await portal.locator('input[name=applicationType][value=spa]').check();
  await portal.locator('input[name=environment][value=development]').check();
  await portal.getByLabel('Redirect URI 1').fill(`${own}/callback`);
  await portal.getByRole('button', { name: 'Create app' }).click();
  await portal.waitForURL(/\/clients\/[0-9a-f-]{36}/);
  const clientId = /\/clients\/([0-9a-f-]{36})/.exec(portal.url())?.[1] ?? '';
  await portal.goto(`/clients/${clientId}/redirects`);
  await portal.getByText(`If you name none, pages at ${own} may call`).waitFor();

  await portalDb
    .update(clients)
    .set({ scopes: ['openid', 'profile'] })
    .where(eq(clients.clientId, clientId));

  const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
  const { page } = await browserOf(person);
  await page.goto(own);
  const { url, verifier } = await page.evaluate(
    async ({ clientId, portalUrl, own }) => {
      const text = (bytes: Uint8Array) =>
        btoa(String.fromCharCode(...bytes))
          .replaceAll('+', '-')
          .replaceAll('/', '_')
          .replaceAll('=', '');
      const { authorization_endpoint } = await (await fetch(`${portalUrl}/.well-known/openid-configuration`)).json();
      const verifier = text(crypto.getRandomValues(new Uint8Array(32)));
      const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
      const asked = {
        client_id: clientId,
        redirect_uri: `${own}/callback`,
        response_type: 'code',
        scope: 'openid profile',
        code_challenge: text(new Uint8Array(hash)),
        code_challenge_method: 'S256',
      };
      return { url: `${authorization_endpoint}?${new URLSearchParams(asked)}`, verifier };
    },
    { clientId, portalUrl, own },
  );
  await page.goto(url);
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await page.waitForURL(`${own}/callback?**`);
  const code = new URL(page.url()).searchParams.get('code') ?? '';
  const form = {
    grant_type: 'authorization_code',
    code,
    client_id: clientId,
    redirect_uri: `${own}/callback`,
    code_verifier: verifier,
  };

  const call = (sent: Record<string, string>, path = '/oauth/token', headers: Record<string, string> = {}) =>
    page.evaluate(
      async ({ address, sent, headers }) => {
        const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(sent), headers });
        const text = await answer.text();
        return { status: answer.status, body: text ? JSON.parse(text) : undefined };
      },
      { address: portalUrl + path, sent, headers },
    );

  await page.goto(`${foreign}/`);
  expect(await call(form)).toEqual({
    status: 400,
    body: { error: 'invalid_request', error_description: expect.stringContaining(`pages at ${foreign} may not call`) },
  });
  await page.goto(`${own}/`);
  const { status, body } = await call(form);
  expect(status).toBe(200);
  const bearer = { authorization: `Bearer ${body.access_token}` };
  expect((await call({}, '/oauth/userinfo', bearer)).body).toMatchObject({ sub: person.actor.userId });
  const refreshed = await call({ grant_type: 'refresh_token', refresh_token: body.refresh_token, client_id: clientId });
  expect(refreshed.status).toBe(200);
  expect((await call({ token: refreshed.body.refresh_token, client_id: clientId }, '/oauth/revoke')).status).toBe(200);
  expect((await call({}, '/oauth/userinfo', bearer)).status).toBe(401);
});

test('every refused request of an app is on its page, with what was sent, what is registered and what to do', async () => {
  const { page, organizationId } = await anOwnersBrowser();
  const clientId = await aClientRow(portalDb, {
    organizationId,
    applicationType: 'spa',
    tokenEndpointAuthMethod: 'none',
    grantTypes: ['authorization_code'],
    responseTypes: ['code'],
    scopes: ['read'],
    redirectUris: ['https://app.example.com/callback'],
  });
  const asked = { client_id: clientId, response_type: 'code', redirect_uri: 'https://app.example.com/callback' };
  const proof = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
  await fetch(`${portalUrl}/oauth/authorize?${new URLSearchParams({ ...asked, scope: 'read' })}`, {
    redirect: 'manual',
  });
  await fetch(
    `${portalUrl}/oauth/authorize?${new URLSearchParams({ ...asked, ...proof, scope: 'write:everything' })}`,
    {
      redirect: 'manual',
    },
  );
  const headers = { origin: 'https://evil.example' };
  await fetch(`${portalUrl}/oauth/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ client_id: clientId }),
  });
  await fetch(`${portalUrl}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `client_id=${clientId}&grant_type=a&grant_type=b`,
  });
  const titles = [
    'PKCE is missing',
    'A scope is not registered',
    'A page at this origin may not call',
    'A parameter was sent twice',
  ];
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/clients/${clientId}/refusals`);
    for (const title of titles) await page.getByRole('heading', { name: title }).waitFor();
    const scope = page.locator('li', { hasText: 'A scope is not registered' });
    for (const text of ['write:everything', '/oauth/authorize', 'Ask for registered scopes only'])
      await scope.getByText(text).first().waitFor();
    await expectAccessible(page);
  }
});
