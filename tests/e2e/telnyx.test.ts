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

test('the npm package telnyx is given the page of an authorization request, which names the app', async () => {
  const { owner, organizationId } = await anOwner(portalDb);
  const redirect_uri = 'https://invoices.example.com/callback';
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
  const page = await telnyx.oauth.retrieveAuthorize(asked);
  expect(page).toContain('Invoices by e-mail');
  const refused = telnyx.oauth.retrieveAuthorize({ ...asked, redirect_uri: 'https://elsewhere.example.com/' });
  await expect(refused).rejects.toBeInstanceOf(Telnyx.BadRequestError);
});
