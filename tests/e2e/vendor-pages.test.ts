import Telnyx from 'telnyx';
import { expect, test } from 'vitest';
import { replaceAppearance } from '#lib/appearance/index';
import { anOwner } from '#support/actors';
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
  // Whose key it is makes no difference to what anyone's browser is shown.
  const telnyx = new Telnyx({ apiKey: 'anyones-key', baseURL: `${portalUrl}/v2`, maxRetries: 0 });
  const asked = { client_id: clientId, redirect_uri, response_type: 'code', scope: 'openid' } as const;
  return { owner, clientId, telnyx, asked };
}

test('the npm package telnyx is given the page of an authorization request, which names the app', async () => {
  const { telnyx, asked } = await anApp();
  expect(await telnyx.oauth.retrieveAuthorize(asked)).toContain('Invoices by e-mail');
  const refused = telnyx.oauth.retrieveAuthorize({ ...asked, redirect_uri: 'https://elsewhere.example.com/' });
  await expect(refused).rejects.toBeInstanceOf(Telnyx.BadRequestError);
});

test('a UI configuration of SlashID’s API does not change the consent page', async () => {
  const { owner, clientId, telnyx, asked } = await anApp();
  const wanted = { pageTitle: 'Someone else', pageBackgroundColor: '#123456', supportUri: 'https://site.example/help' };
  const ctx = { ...owner, channel: 'slashid' } as const;
  await replaceAppearance(ctx, clientId, { ...wanted, textOverrides: { title: 'Nothing to see' } });
  const page = await telnyx.oauth.retrieveAuthorize(asked);
  expect(page).toContain('Invoices by e-mail');
  for (const text of [...Object.values(wanted), 'Nothing to see']) expect(page).not.toContain(text);
});
