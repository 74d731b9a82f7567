import Telnyx from 'telnyx';
import { expect, test } from 'vitest';
import { anOwner } from '#support/actors';
import { aToken } from '#support/api';
import { portalUrl } from '#support/browser';
import { aClientRow } from '#support/client-row';
import { portalDb } from '#support/portal-database';

// With these the library would ask its vendor for a token, whatever its base URL says.
delete process.env.TELNYX_CLIENT_ID;
delete process.env.TELNYX_CLIENT_SECRET;

const redirect_uri = 'https://invoices.example.com/callback';

/** An app, and the npm package telnyx with a key of its owner. */
async function anApp() {
  const { owner, organizationId } = await anOwner(portalDb);
  const clientId = await aClientRow(portalDb, {
    organizationId,
    name: 'Invoices by e-mail',
    grantTypes: ['authorization_code'],
    responseTypes: ['code'],
    scopes: ['openid'],
    redirectUris: [redirect_uri],
    requirePkce: false,
  });
  const apiKey = await aToken(portalDb, owner, organizationId);
  const telnyx = new Telnyx({ apiKey, baseURL: `${portalUrl}/v2`, maxRetries: 0 });
  const asked = { client_id: clientId, redirect_uri, response_type: 'code', scope: 'openid' } as const;
  return { clientId, organizationId, apiKey, telnyx, asked };
}

test('the npm package telnyx is given the page of an authorization request, which names the app', async () => {
  const { telnyx, asked } = await anApp();
  expect(await telnyx.oauth.retrieveAuthorize(asked)).toContain('Invoices by e-mail');
  const refused = telnyx.oauth.retrieveAuthorize({ ...asked, redirect_uri: 'https://elsewhere.example.com/' });
  await expect(refused).rejects.toBeInstanceOf(Telnyx.BadRequestError);
});

test('a UI configuration put by SlashID’s API changes nothing of the page that asks', async () => {
  const { clientId, organizationId, apiKey, telnyx, asked } = await anApp();
  const ours = { pageTitle: 'Someone else', pageBackgroundColor: '#123456', logoUrl: 'https://site.example/logo.png' };
  const put = await fetch(`${portalUrl}/oauth2/clients/${clientId}/ui-configuration`, {
    method: 'PUT',
    headers: { 'slashid-api-key': apiKey, 'slashid-orgid': organizationId, 'content-type': 'application/json' },
    body: JSON.stringify({ ...ours, themeVars: { '--accent': '#654321' }, textOverrides: { title: 'Nothing to see' } }),
  });
  expect(put.status, await put.clone().text()).toBe(201);
  const page = await telnyx.oauth.retrieveAuthorize(asked);
  expect(page).toContain('Invoices by e-mail');
  for (const text of [...Object.values(ours), '#654321', 'Nothing to see']) expect(page).not.toContain(text);
});
