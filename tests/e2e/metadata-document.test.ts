import { eq } from 'drizzle-orm';
import * as client from 'openid-client';
import { expect, inject, test } from 'vitest';
import { clients } from '#db/schema/client';
import { grants } from '#db/schema/grant';
import { anOrganization, aPerson } from '#support/actors';
import { expectAccessible } from '#support/app-in-browser';
import { portalUrl } from '#support/browser';
import { portalDb } from '#support/portal-database';
import { browserOf } from '#support/portal-people';

const { documents } = inject('portal');
const callback = 'https://notes.example.com/callback';

/** An app that nobody registered, as openid-client goes by it. */
async function aSelfDescribedApp(described: object) {
  const metadata = {
    redirect_uris: [callback],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
    scope: 'openid profile read',
    ...described,
  };
  const clientId = `${documents}/apps/${Buffer.from(JSON.stringify(metadata)).toString('base64url')}`;
  const config = await client.discovery(new URL(portalUrl), clientId, undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
  const verifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: callback,
    scope: 'openid profile read',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return {
    clientId,
    config,
    url: url.href,
    redeem: (at: string) => client.authorizationCodeGrant(config, new URL(at), { pkceCodeVerifier: verifier }),
  };
}
const somebody = async () => aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });

test.each([
  ['dark', 390],
  ['light', 1440],
] as const)(
  'an app with a metadata document: the page shows its host, and asks again after a change (%s, %i)',
  async (colorScheme, width) => {
    const app = await aSelfDescribedApp({ client_name: `Notes ${width}` });
    expect(app.config.serverMetadata().client_id_metadata_document_supported).toBe(true);
    const { page, complaints } = await browserOf(await somebody(), { colorScheme, viewport: { width, height: 844 } });
    await page.goto(app.url);
    const main = page.getByRole('main');
    for (const text of ['notes.example.com', 'It describes itself at', new URL(documents).host, 'registered itself'])
      await main.getByText(text).first().waitFor();
    await main.locator('summary').first().click();
    await main.getByText('It is new here').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await page.waitForURL(/^https:\/\/notes\.example\.com\//);
    const tokens = await app.redeem(page.url());
    expect(tokens.claims()?.aud).toBe(app.clientId);

    const [row] = await portalDb.select().from(clients).where(eq(clients.metadataUrl, app.clientId));
    const [grant] = await portalDb
      .select()
      .from(grants)
      .where(eq(grants.clientId, row?.clientId ?? ''));
    const before = {
      name: 'Something else',
      logoUri: null,
      redirectHosts: grant?.snapshot?.redirectHosts ?? [],
      keys: null,
    };
    await portalDb
      .update(grants)
      .set({ snapshot: before })
      .where(eq(grants.id, grant?.id ?? ''));
    await page.goto(app.url);
    await main.getByText('It has another name.').waitFor();
    await expectAccessible(page);

    await page.goto(`${portalUrl}/public/${row?.clientId}/info`);
    await page.getByRole('main').getByText(new URL(documents).host).first().waitFor();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  },
);

test('a document that breaks a rule: an error page', async () => {
  const app = await aSelfDescribedApp({ client_name: 'Notes', client_secret: 'x' });
  const { page } = await browserOf(await somebody());
  expect((await page.goto(app.url))?.status()).toBe(400);
  await page.getByText('describes itself on its own site').waitFor();
  await expectAccessible(page);
});

test('an operator sees it among the others, with where it describes itself', async () => {
  const app = await aSelfDescribedApp({ client_name: 'Described notes' });
  const { page } = await browserOf(await aPerson(portalDb, { isOperator: true }));
  await page.goto(app.url);
  const [row] = await portalDb.select().from(clients).where(eq(clients.metadataUrl, app.clientId));
  await page.goto(`${portalUrl}/clients`);
  await page.getByRole('link', { name: 'Apps that registered themselves' }).click();
  await page.waitForURL(/organization=/);
  await page.getByRole('link', { name: 'Described notes' }).first().click();
  await page.waitForURL(`${portalUrl}/clients/${row?.clientId}`);
  await page.getByText(app.clientId).first().waitFor();
  await expectAccessible(page);
});
