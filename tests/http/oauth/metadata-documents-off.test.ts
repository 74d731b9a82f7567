import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { anOrganization } from '#support/actors';
import { aPersonsAgent, authorizationUrl } from '#support/authorizing';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { post } from '#support/oauth';

process.env.CLIENTELE_METADATA_DOCUMENTS = 'false';
process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';
const { aSelfDescribedApp, site } = await import('#support/self-described');

test('without the operator’s permission no document is fetched, and discovery names none', async () => {
  const app = aSelfDescribedApp();
  const agent = await aPersonsAgent();
  expect((await agent.go(authorizationUrl(app))).headers.get('x-page')).toMatch(/^\/refused\/[^/?]+$/);
  const told = await post('/oauth/par', { client_id: app.clientId, response_type: 'code' });
  expect([told.status, told.body.error]).toEqual([401, 'invalid_client']);
  expect(site.connections()).toBe(0);
  const metadata = await (await fetch(`${origin}/.well-known/openid-configuration`)).json();
  expect(metadata).not.toHaveProperty('client_id_metadata_document_supported');
});

test('clients from the time when it was allowed are refused as well', async () => {
  const app = aSelfDescribedApp();
  const clientId = await aClientRow(db, { organizationId: (await anOrganization(db)).id });
  const described = { provenance: 'metadata_document' as const, metadataUrl: app.clientId };
  await db.update(clients).set(described).where(eq(clients.clientId, clientId));
  const agent = await aPersonsAgent();
  expect((await agent.go(authorizationUrl(app))).headers.get('x-page')).toMatch(/^\/refused\//);
  expect((await agent.go(authorizationUrl({ clientId }))).headers.get('x-page')).toMatch(/^\/refused\//);
});
