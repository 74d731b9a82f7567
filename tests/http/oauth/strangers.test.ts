import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { grants } from '#db/schema/grant';
import { users } from '#db/schema/user';
import { findConsentRequest } from '#lib/authorization-server/interaction';
import { stranger } from '#support/actors';
import { anAgent, authorizationUrl, aWebApp, locationOf, pkce } from '#support/authorizing';
import { db } from '#support/database';
import { aSelfDescribedApp } from '#support/self-described';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

/** What the page that asks knows of a new request of that app. */
async function asked(app: { clientId: string }) {
  const agent = await anAgent();
  const proof = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
  const page = locationOf(await agent.go(authorizationUrl(app, { scope: 'openid profile', ...proof })));
  const cookie = [...agent.jar].map(([name, { value }]) => `${name}=${value}`).join('; ');
  const request = await findConsentRequest(stranger(db), page.split('/').at(-1) ?? '', cookie);
  if (!request) throw new Error('nothing waits');
  return request;
}

/** People who allow the app from now on: rows, past every rule. */
async function areAllowedBy(clientId: string, from: number, to: number) {
  const numbers = Array.from({ length: to - from }, (_, n) => from + n);
  const idOf = (n: number) => `usr_${clientId.slice(0, 8)}${String(n).padStart(16, '0')}`;
  const people = numbers.map((n) => ({ id: idOf(n), email: `${clientId}-${n}@example.com` }));
  await db.insert(users).values(people.map((one) => ({ ...one, name: 'Ada', emailVerifiedAt: new Date() })));
  await db.insert(grants).values(people.map(({ id }) => ({ userId: id, clientId, scopes: ['openid'] })));
}

const longAgo = new Date(Date.now() - 90 * 24 * 60 * 60 * 1000);

describe('rule C6: an app that describes itself', () => {
  test('is marked as new until a hundred people have allowed it, whatever its age', async () => {
    const app = aSelfDescribedApp();
    await asked(app);
    const [row] = await db
      .update(clients)
      .set({ createdAt: longAgo })
      .where(eq(clients.metadataUrl, app.clientId))
      .returning({ clientId: clients.clientId });
    const clientId = row?.clientId ?? '';
    expect((await asked(app)).isNew).toBe(true);
    await areAllowedBy(clientId, 0, 99);
    expect((await asked(app)).isNew).toBe(true);
    await areAllowedBy(clientId, 99, 100);
    expect((await asked(app)).isNew).toBe(false);
  });

  test('is marked as new for a month, whoever has allowed it', async () => {
    const app = aSelfDescribedApp();
    await asked(app);
    const [row] = await db
      .select({ clientId: clients.clientId })
      .from(clients)
      .where(eq(clients.metadataUrl, app.clientId));
    await areAllowedBy(row?.clientId ?? '', 0, 100);
    expect((await asked(app)).isNew).toBe(true);
  });

  test('unlike a registered app, which is not new after a month', async () => {
    expect((await asked(await aWebApp({ createdAt: longAgo }))).isNew).toBe(false);
    expect((await asked(await aWebApp())).isNew).toBe(true);
  });
});

describe('rule M14: nothing in an app’s own metadata makes it verified', () => {
  const said = {
    name: 'Example Bank ✓ verified',
    description: 'Verified by the platform',
    clientUri: 'https://example.com',
    policyUri: 'https://example.com/privacy',
    tosUri: 'https://example.com/terms',
    contacts: ['security@example.com'],
    softwareId: 'verified',
  };

  test.each([
    ['a web app', {}],
    ['a public one', { tokenEndpointAuthMethod: 'none' as const }],
    ['one with several addresses', { redirectUris: ['https://app.example.com/callback', 'https://other.example/cb'] }],
  ])('%s', async (_title, values) => {
    const app = await aWebApp({ ...said, ...values });
    const request = await asked(app);
    expect(request).toMatchObject({ standing: 'unverified', verifiedDomain: undefined });
    expect(request.client).toMatchObject({ verified: false, firstParty: false, name: said.name });
  });

  test('an app that describes itself is verified for the host of its document, and for no host that it names', async () => {
    const app = aSelfDescribedApp({
      client_name: 'Example Bank',
      client_uri: 'https://app.example.com',
      redirect_uris: ['https://app.example.com/callback'],
      verified: true,
      first_party: true,
      software_statement: 'a.b.c',
    });
    const request = await asked(app);
    expect(request.verifiedDomain).toBeUndefined();
    expect(request.standing).toBe('self_registered');
    expect(request.client).toMatchObject({ verified: false, firstParty: false });
  });
});
