import { eq, type SQL, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { aPerson } from '#support/actors';
import { anOwnersBrowser, expectAccessible } from '#support/app-in-browser';
import { aClientRow } from '#support/client-row';
import { portalDb } from '#support/portal-database';
import { browserOf } from '#support/portal-people';

const unknown = '3f0c1e9a-5b7d-4c2e-9a61-0d8f2b4e6c13';

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a missing page and somebody else’s are the 404 page', async () => {
    const owner = await anOwnersBrowser();
    const clientId = await aClientRow(portalDb, owner);
    const { page } = await anOwnersBrowser({ javaScriptEnabled });
    const bodies = new Set<string>();
    for (const section of ['', '/settings', '/credentials', '/danger'])
      for (const id of [clientId, unknown, 'nonsense']) {
        expect((await page.goto(`/clients/${id}${section}`))?.status()).toBe(404);
        bodies.add((await page.locator('main').textContent()) ?? '');
        expect(await page.title()).toBe('Not found · Clientele');
      }
    expect([...bodies]).toHaveLength(1);
    expect([...bodies][0]).toContain('Page not found');
    for (const path of [
      '/admin',
      '/admin/mailbox',
      `/settings/organizations/${owner.organizationId}`,
      '/no/such/page',
    ]) {
      expect((await page.goto(path))?.status()).toBe(404);
      expect(await page.locator('main').textContent()).toContain('Page not found');
    }
    if (javaScriptEnabled) await expectAccessible(page);
  });

  test('a forbidden page is the 403 page with the reason', async () => {
    const owner = await anOwnersBrowser();
    const clientId = await aClientRow(portalDb, owner);
    const viewer = await aPerson(portalDb, { roles: { [owner.organizationId]: 'viewer' } });
    const { page } = await browserOf(viewer, { javaScriptEnabled });
    expect((await page.goto(`/clients/${clientId}/credentials`))?.status()).toBe(403);
    const text = await page.locator('main').textContent();
    expect(text).toContain('Your role does not let you see the secrets of this app.');
    expect(await page.title()).toContain('Clientele');
    if (javaScriptEnabled) await expectAccessible(page);
  });
});

test('an error inside a page is the 500 page with a reference, and trying again works', async () => {
  const { page, organizationId } = await anOwnersBrowser();
  const clientId = await aClientRow(portalDb, { organizationId });
  // No code of ours writes such a time, and no date can show it.
  const setCreated = (createdAt: SQL) =>
    portalDb.update(clients).set({ createdAt }).where(eq(clients.clientId, clientId));
  await setCreated(sql`'infinity'`);
  expect((await page.goto(`/clients/${clientId}`))?.status()).toBe(500);
  await page.getByText('Something went wrong on our side').waitFor();
  await page.getByText(/^Reference: \d+$/).waitFor();
  await expectAccessible(page);
  await setCreated(sql`now()`);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
});
