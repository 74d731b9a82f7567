import type { BrowserContext, Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { anOwnersBrowser, expectAccessible, sendNewApp } from '#support/app-in-browser';
import { aBrowser } from '#support/browser';
import { aClientRow } from '#support/client-row';
import { signUp } from '#support/person-in-browser';
import { portalDb } from '#support/portal-database';

/** A new person's new web app in production, with one redirect URI; returns its path. */
async function aClient(page: Page): Promise<string> {
  await signUp(page, undefined, '/clients/new');
  await sendNewApp(page, { name: 'Invoices', redirectUri: 'https://app.example.com/cb' });
  await page.waitForURL(/\/clients\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
}

const tab = async (context: BrowserContext, path: string) => {
  const page = await context.newPage();
  await page.goto(path);
  return page;
};
const nameOf = (page: Page) => page.getByLabel('Name', { exact: true });
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();

// axe itself is a script: it reads the pages where scripts run.
describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('two tabs: the later save is refused with both values, keeps the typed ones, and then replaces or discards', async () => {
    const { page, context, complaints } = await aBrowser({ javaScriptEnabled });
    const settings = `${await aClient(page)}/settings`;
    const [one, two] = [await tab(context, settings), await tab(context, settings)];
    await nameOf(one).fill('Invoices of one');
    await save(one);
    await one.getByText('Saved.', { exact: true }).waitFor();
    await nameOf(two).fill('Invoices of two');
    await two.getByLabel('Access tokens last: number').fill('2');
    await save(two);
    const row = two.getByRole('row', { name: /^Name/ });
    await row.waitFor();
    expect(await row.getByText('Invoices of two').count()).toBe(1);
    expect(await row.getByText('Invoices of one').count()).toBe(1);
    expect(await two.getByText('Ada Lovelace saved on').count()).toBe(1);
    expect(await nameOf(two).inputValue()).toBe('Invoices of two');
    expect(await two.getByLabel('Access tokens last: number').inputValue()).toBe('2');
    if (javaScriptEnabled) await expectAccessible(two);
    await two.getByRole('button', { name: 'Replace with my changes' }).click();
    await two.getByText('Saved.', { exact: true }).waitFor();
    await save(one);
    await one.getByRole('link', { name: 'Discard my changes' }).click();
    await one.getByRole('button', { name: 'Save', exact: true }).waitFor();
    expect(await nameOf(one).inputValue()).toBe('Invoices of two');
    expect(await one.getByLabel('Access tokens last: number').inputValue()).toBe('2');
    expect(complaints).toEqual([]);
  });

  test('every wrong field is named beside it, and nothing typed is lost', async () => {
    const { page } = await aBrowser({ javaScriptEnabled });
    await page.goto(`${await aClient(page)}/settings`);
    await nameOf(page).fill('');
    await page.getByLabel('Refresh tokens last: number').fill('soon');
    await page.getByLabel('Authentication method').selectOption('private_key_jwt');
    await page.getByLabel('Public keys (jwks)', { exact: true }).fill('{"kty":');
    for (const grant of ['Authorization code', 'Refresh token']) {
      await page.getByLabel(grant, { exact: true }).uncheck();
    }
    await save(page);
    await page.getByText('Nothing was saved.').waitFor();
    for (const message of [/^Enter a name/, /^Write a number that makes/, /^Paste a key set/, /^Choose at least one/]) {
      expect(await page.locator('form').getByText(message).count()).toBe(2);
    }
    expect(await nameOf(page).inputValue()).toBe('');
    expect(await page.getByLabel('Refresh tokens last: number').inputValue()).toBe('soon');
    expect(await page.getByLabel('Authentication method').inputValue()).toBe('private_key_jwt');
    expect(await page.getByLabel('Public keys (jwks)', { exact: true }).inputValue()).toBe('{"kty":');
    expect(await page.getByLabel('Authorization code', { exact: true }).isChecked()).toBe(false);
    if (javaScriptEnabled) {
      expect(await nameOf(page).evaluate((field) => field === document.activeElement)).toBe(true);
    }
    if (javaScriptEnabled) await expectAccessible(page);
  });

  test('a refused address has its rule and its fix beside it and stays as it was typed; an emptied row is gone', async () => {
    const { page } = await aBrowser({ javaScriptEnabled });
    await page.goto(`${await aClient(page)}/redirects`);
    await page.getByLabel('Redirect URI 2', { exact: true }).fill('http://other.example/cb');
    await page.getByLabel('Allowed origin 1', { exact: true }).fill('https://app.example.com');
    await save(page);
    await page.getByText('Nothing was saved.').waitFor();
    const refused = page.getByLabel('Redirect URI 2', { exact: true });
    expect(await refused.inputValue()).toBe('http://other.example/cb');
    const verdict = page.locator(`[id="${await refused.getAttribute('aria-describedby')}"]`);
    expect(await verdict.textContent()).toContain('R5Use https: https://other.example/cb');
    await page.getByLabel('Redirect URI 1', { exact: true }).fill('');
    await refused.fill('https://other.example/cb');
    await save(page);
    await page.getByText('Saved.', { exact: true }).waitFor();
    await page.reload();
    expect(await page.getByLabel('Redirect URI 1', { exact: true }).inputValue()).toBe('https://other.example/cb');
    expect(await page.getByLabel('Allowed origin 1', { exact: true }).inputValue()).toBe('https://app.example.com');
    if (javaScriptEnabled) await expectAccessible(page);
  });
});

test('a URI is checked while it is typed, a click takes the suggestion, and rows are added and removed', async () => {
  const { page, complaints } = await aBrowser();
  await page.goto(`${await aClient(page)}/redirects`);
  const second = page.getByLabel('Redirect URI 2', { exact: true });
  await second.pressSequentially('javascript:');
  await page.getByText('"javascript:" is never accepted').waitFor();
  await second.fill('HTTPS://Other.example.com/cb#top');
  await page.getByText('R2').waitFor();
  await page.getByRole('button', { name: 'Use https://other.example.com/cb instead' }).click();
  expect(await second.inputValue()).toBe('https://other.example.com/cb');
  await page.getByLabel('Post-logout redirect URI 1').fill('https://elsewhere.example/bye');
  await page.getByText('No redirect URI leads to elsewhere.example').waitFor();
  await page.getByRole('button', { name: 'Add another' }).first().click();
  await page.keyboard.type('https://elsewhere.example/cb');
  await page.getByText('No redirect URI leads to elsewhere.example').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Remove Redirect URI 1', exact: true }).click();
  expect(await page.getByLabel('Redirect URI 1', { exact: true }).inputValue()).toBe('https://other.example.com/cb');
  await save(page);
  await page.getByText('Saved.', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

test('an app on a device that registered itself with a secret is not told that its addresses are wrong, and takes more of them', async () => {
  const { organizationId, page } = await anOwnersBrowser();
  const clientId = await aClientRow(portalDb, {
    organizationId,
    provenance: 'registration',
    applicationType: 'native',
    grantTypes: ['authorization_code'],
    responseTypes: ['code'],
    redirectUris: ['http://127.0.0.1/callback', 'com.example.notes:/callback'],
    postLogoutRedirectUris: ['com.example.notes:/bye'],
  });
  await page.goto(`/clients/${clientId}/redirects`);
  await page.getByLabel('Redirect URI 3', { exact: true }).fill('http://[::1]/callback');
  await page.getByLabel('Post-logout redirect URI 2', { exact: true }).fill('http://127.0.0.1/bye');
  expect(await page.getByText('✓ Accepted').count()).toBe(5);
  expect(await page.getByText('R6').count()).toBe(0);
  await save(page);
  await page.getByText('Saved.', { exact: true }).waitFor();
});

test.each(['light', 'dark'] as const)(
  'on a phone in the %s scheme nothing is cut off and axe finds no fault',
  async (colorScheme) => {
    const { page } = await aBrowser({ colorScheme, viewport: { width: 390, height: 844 } });
    const path = await aClient(page);
    for (const section of ['settings', 'redirects']) {
      await page.goto(`${path}/${section}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await expectAccessible(page);
    }
  },
);
