import { beforeAll, describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { anOwner, type Someone } from '#support/actors';
import { expectAccessible } from '#support/app-in-browser';
import { portalDb } from '#support/portal-database';
import { browserOf } from '#support/portal-people';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  'שלום עולם',
  'W'.repeat(256),
];
const apps = [
  ...Array.from({ length: 64 }, (_, index) => `Meeting notes ${String(index).padStart(3, '0')}`),
  ...hostile,
];

let owner: Someone;
beforeAll(async () => {
  const made = await anOwner(portalDb);
  const { organizationId } = made;
  owner = made.owner;
  // As an import would bring them in: more than a person types, and what no form would take.
  await portalDb.insert(clients).values(
    apps.map((name, index) => ({
      organizationId,
      name,
      nameSkeleton: `${index}`,
      applicationType: index % 2 ? ('spa' as const) : ('web' as const),
      environment: 'production' as const,
      provenance: 'portal' as const,
      tokenEndpointAuthMethod: 'none' as const,
      requirePkce: true,
      grantTypes: ['authorization_code' as const],
      redirectUris: ['javascript:alert(1)'],
      clientUri: 'javascript:alert(1)',
      logoUri: 'javascript:alert(1)',
      accessTokenLifetimeSeconds: 3600,
      refreshTokenLifetimeSeconds: 3600,
      createdBy: owner.actor.userId,
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, index)),
    })),
  );
});

const count = (text: string) => ({ hasText: text });
const shown = 'main nav p';

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('pages go forwards and back by cursor, and show the position', async () => {
    const { page } = await browserOf(owner, { javaScriptEnabled });
    await page.goto('/clients?sort=name&q=meeting');
    await page.locator(shown, count('1–20 of 64')).waitFor();
    const seen = new Set<string>();
    for (const place of ['1–20', '21–40', '41–60', '61–64']) {
      await page.locator(shown, count(`${place} of 64`)).waitFor();
      for (const name of await page.locator('tbody th').allTextContents()) seen.add(name);
      if (place !== '61–64') await page.getByRole('link', { name: 'Next' }).click();
    }
    expect(seen.size).toBe(64);
    expect(await page.getByRole('link', { name: 'Next' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Previous' }).click();
    await page.locator(shown, count('41–60 of 64')).waitFor();
  });

  test('filters, order and page size are in the URL; no match and no apps differ', async () => {
    const { page } = await browserOf(owner, { javaScriptEnabled });
    await page.goto('/clients');
    await page.getByLabel('Name contains').fill('notes');
    await page.getByLabel('Order').selectOption('Name');
    await page.getByLabel('A page').selectOption('50');
    await page.getByText('More filters').click();
    await page.getByLabel('Type', { exact: true }).selectOption('Single-page app');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.locator(shown, count('1–32 of 32')).waitFor();
    expect(new URL(page.url()).searchParams.get('type')).toBe('spa');
    await page.goto('/clients?q=nowhere');
    await page.getByText('No app matches').waitFor();
    await page.goto('/clients?q=ab');
    await page.getByText('Type at least 3 characters').waitFor();
  });
});

test.each([
  'after=garbage',
  'after=W10',
  'before=WyIyMDI2IiwieCIsMV0',
  `after=${Buffer.from('["x","3f0c1e9a-5b7d-4c2e-9a61-0d8f2b4e6c13",0]').toString('base64url')}`,
  'size=9999&sort=x&type=%00&product=x&organization=x&q=%00%00%00',
])('an invalid cursor shows the beginning: %s', async (query) => {
  const { page, complaints } = await browserOf(owner);
  const answer = await page.goto(`/clients?${query}`);
  expect(answer?.status()).toBe(200);
  await page.locator('tbody tr').first().waitFor();
  expect(complaints).toEqual([]);
});

test('hostile names are text, and hostile URLs become no link or image', async () => {
  const { page } = await browserOf(owner);
  const ran: string[] = [];
  page.on('dialog', (dialog) => ran.push(dialog.message()));
  await page.goto('/clients');
  for (const name of hostile) await page.getByText(name, { exact: true }).waitFor();
  await page.getByRole('link', { name: '"><img src=x onerror=alert(1)>', exact: true }).click();
  const sections = page.getByRole('navigation', { name: 'This app' }).getByRole('link');
  await sections.first().waitFor();
  for (const path of await sections.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))) {
    await page.goto(path);
    const bad = await page.locator('[href^="javascript:" i], [src^="javascript:" i], img[src="x"]').count();
    expect([path, bad]).toEqual([path, 0]);
  }
  expect(ran).toEqual([]);
});

test.each([
  [390, 'dark'],
  [1440, 'light'],
] as const)('the list is accessible, and fits %i pixels (%s) whatever a name is', async (width, colorScheme) => {
  const { page } = await browserOf(owner, { colorScheme, viewport: { width, height: 900 } });
  await page.goto('/clients');
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});
