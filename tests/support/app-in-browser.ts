import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { anOwner } from './actors.ts';
import type { aBrowser } from './browser.ts';
import { portalDb } from './portal-database.ts';
import { browserOf } from './portal-people.ts';

/** The browser of a new owner with an empty organization. */
export async function anOwnersBrowser(options: Parameters<typeof aBrowser>[0] = {}) {
  const { owner, organizationId } = await anOwner(portalDb);
  return { ...(await browserOf(owner, options)), organizationId, userId: owner.actor.userId };
}

type NewApp = { name: string; type?: string; redirectUri?: string };

/** Fills in and sends the form for a new app. */
export async function sendNewApp(page: Page, { name, type = 'web', redirectUri }: NewApp) {
  await page.goto('/clients/new');
  await page.getByLabel('Name').fill(name);
  await page.locator(`input[name=applicationType][value=${type}]`).check();
  if (redirectUri) await page.getByLabel('Redirect URI 1').fill(redirectUri);
  await page.getByRole('button', { name: 'Create app' }).click();
}

/** Creates an app and confirms that its secret is stored; returns client id and secret. */
export async function anApp(page: Page, name = 'Trip planner') {
  await sendNewApp(page, { name });
  const secret = await shownSecret(page);
  const clientId = /\/clients\/([0-9a-f-]{36})\//.exec(page.url())?.[1] ?? '';
  await page.goto(`/clients/${clientId}/credentials`);
  return { clientId, secret, at: (section: string) => `/clients/${clientId}${section}` };
}

/** The secret that the page shows once. */
export async function shownSecret(page: Page): Promise<string> {
  await page.getByText('Store this secret now').waitFor();
  return (await page.locator('code', { hasText: 'clt_cs_' }).textContent()) ?? '';
}

/** Expects that axe reports nothing on the current page. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([]);
}
