import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { anOwnersBrowser } from '#support/app-in-browser';
import { aBrowser } from '#support/browser';
import { aClientRow } from '#support/client-row';
import { portalDb } from '#support/portal-database';

describe('the reference of our own API', () => {
  test('reads completely without JavaScript and without an account', async () => {
    const { page } = await aBrowser({ javaScriptEnabled: false });
    expect((await page.goto('/docs/api'))?.status()).toBe(200);
    expect(await page.title()).toBe('API reference · Clientele');
    const text = (await page.locator('main').textContent()) ?? '';
    for (const part of [
      'Register a client',
      'PATCH',
      '/clients/{client_id}/secrets/rotate',
      'token_endpoint_auth_method',
      'Idempotency-Key',
    ])
      expect(text).toContain(part);
    expect(await page.getByText('Try it').first().isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Register a client' }).click();
    expect(await page.getByRole('heading', { name: 'Register a client' }).isVisible()).toBe(true);
    const links = await page
      .locator('main a[href^="#"]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    const ids = new Set(await page.locator('main [id]').evaluateAll((all) => all.map(({ id }) => `#${id}`)));
    expect(links.filter((link) => !ids.has(link ?? ''))).toEqual([]);
  });

  test('is accessible, also on a phone, where nothing is wider than the screen', async () => {
    for (const width of [1280, 360]) {
      const { page, complaints } = await aBrowser({ viewport: { width, height: 800 } });
      await page.goto('/docs/api');
      await page.getByRole('article', { name: 'Register a client' }).getByText('Try it').click();
      // One of each kind: the whole page is long, and axe is slow.
      const parts = ['nav', 'article[aria-labelledby=createClient]', '[aria-labelledby=problems]', '#schema-NewClient'];
      const axe = parts.reduce((builder, part) => builder.include(part), new AxeBuilder({ page }));
      expect((await axe.analyze()).violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(complaints).toEqual([]);
    }
  });

  test('lets one try a call with a token of one’s own', async () => {
    const { page, organizationId, complaints } = await anOwnersBrowser();
    const clientId = await aClientRow(portalDb, { organizationId, name: 'Tried out' });
    await page.goto('/settings/tokens/new');
    await page.getByLabel('Name').fill('Trying');
    await page.getByLabel('Read apps').check();
    await page.getByRole('button', { name: 'Create token' }).click();
    await page.getByText('Store this token now').waitFor();
    const token = (await page.locator('code', { hasText: /^clt_pat_\w{20}/ }).textContent()) ?? '';

    await page.goto('/docs/api');
    const card = page.getByRole('article', { name: 'Read a client' });
    await card.getByText('Try it').click();
    await card.getByLabel('client_id').fill(clientId);
    await card.getByRole('button', { name: 'Send' }).click();
    await card.getByText('401').last().waitFor();
    await page.getByLabel('API token for trying calls').fill(token);
    await card.getByRole('button', { name: 'Send' }).click();
    await card.getByText('"client_name": "Tried out"').waitFor();
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
  });
});
