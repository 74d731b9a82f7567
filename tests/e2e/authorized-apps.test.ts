import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { getOwnGrant, listOwnGrants } from '#lib/grants/index';
import { anOrganization, anOwner, aPerson } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { aGrantRow, aTokenRow } from '#support/grants';
import { portalDb } from '#support/portal-database';
import { browserOf } from '#support/portal-people';

const withoutScript = { javaScriptEnabled: false };
const apps = '/settings/authorized-apps';
const day = 24 * 60 * 60 * 1000;

/** Somebody who allowed an app of another organization something. */
async function aScene() {
  const { organizationId: publisherId } = await anOwner(portalDb);
  const home = await anOrganization(portalDb, 'Home Office');
  const person = await aPerson(portalDb, { roles: { [home.id]: 'viewer' }, name: 'Pat' });
  const { userId } = person.actor;
  const allow = async (name: string, values: Partial<Parameters<typeof aGrantRow>[1]> = {}) => {
    const redirectUris = ['https://reader.example.com/cb'];
    const scopes = ['openid', 'email', 'files:read', 'create:customers', 'customers:create'];
    const clientId = await aClientRow(portalDb, { organizationId: publisherId, name, redirectUris, scopes });
    const organizationId = home.id;
    const grantId = await aGrantRow(portalDb, { userId, clientId, organizationId, scopes, ...values });
    return {
      clientId,
      grantId,
      token: (scope: string) => aTokenRow(portalDb, { grantId, clientId, userId }, { scope }),
    };
  };
  return { person, allow };
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const accessible = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

describe.each([
  ['with JavaScript', {}],
  ['without JavaScript', withoutScript],
])('authorized apps %s', (_how, options) => {
  test('show apps, scopes and dates; one scope is revoked, then the whole grant', async () => {
    const { person, allow } = await aScene();
    const { clientId, grantId, token } = await allow('Blue <Reader>');
    for (const scope of ['openid files:read', 'openid', 'email', 'customers:create']) await token(scope);
    const { page } = await browserOf(person, options);
    await page.goto(apps);
    const card = page.getByRole('article', { name: 'Blue <Reader>' });
    const text = await card.textContent();
    for (const part of ['Unverified', 'Sends you to reader.example.com', 'What it may do (4)'])
      expect(text).toContain(part);
    await page.getByText(`${person.actor.userId}@example.com`).waitFor();
    await card.getByText('What it may do').click();
    // One organization is no choice, and tokens are nothing that people know.
    for (const part of ['Home Office', 'token']) expect(text).not.toContain(part);
    // Two names of one thing are one thing, and go together.
    expect(await card.getByText('Create customers', { exact: true }).count()).toBe(1);
    expect(await card.getByRole('button', { name: /Sign you in/ }).count()).toBe(0);
    await button(page, 'Take back: Create customers').click();
    await page.getByText('The app can no longer do that. It was disconnected at once.').waitFor();
    expect(new URL(page.url()).pathname).toBe(`${apps}/${clientId}`);
    expect(await getOwnGrant(person, grantId)).toMatchObject({
      scopes: ['openid', 'email', 'files:read'],
      liveTokens: 3,
    });
    await page.getByRole('link', { name: 'Revoke all access' }).click();
    await page.getByText('It is disconnected at once.').waitFor();
    await button(page, 'Revoke now').click();
    await page.getByText('The app’s access was revoked. It was disconnected at once.').waitFor();
    await page.getByText('No authorized apps').waitFor();
    expect((await page.goto(`${apps}/${clientId}`))?.status()).toBe(404);
  });

  test('two hundred come twenty a page, each once', async () => {
    const { person, allow } = await aScene();
    for (let at = 0; at < 200; at += 20)
      await Promise.all(Array.from({ length: 20 }, (_, of) => allow(`App ${at + of}`)));
    const { page } = await browserOf(person, options);
    await page.goto(apps);
    const seen: string[] = [];
    for (let pages = 0; pages < 10; pages++) {
      if (pages > 0) {
        const before = page.url();
        await page.getByRole('link', { name: 'More apps' }).click();
        await page.waitForURL((url) => url.href !== before);
      }
      await page.getByRole('article').nth(19).waitFor();
      seen.push(...(await page.getByRole('article').getByRole('heading', { level: 2 }).allTextContents()));
    }
    expect(new Set(seen).size).toBe(200);
    expect(await page.getByRole('link', { name: 'More apps' }).count()).toBe(0);
    await page.getByRole('link', { name: 'First page' }).click();
    await page.waitForURL((url) => url.search === '');
  });
});

describe('an authorized app', () => {
  test('that is unused for half a year is marked', async () => {
    const { person, allow } = await aScene();
    const long = new Date(Date.now() - 200 * day);
    await allow('Forgotten', { createdAt: long, lastUsedAt: long });
    await allow('Used', { createdAt: long, lastUsedAt: new Date() });
    await allow('New');
    const { page } = await browserOf(person);
    await page.goto(apps);
    const hinted = page.getByRole('article').filter({ hasText: 'Not used for more than six months' });
    expect(await hinted.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['Forgotten']);
  });

  test('of somebody else is not found; an invalid cursor shows the beginning', async () => {
    const { person, allow } = await aScene();
    const { clientId, grantId } = await allow('Mine');
    const { person: other, allow: allowTheirs } = await aScene();
    const { clientId: theirs } = await allowTheirs('Theirs');
    const { page } = await browserOf(other, withoutScript);
    for (const path of [`${apps}/${clientId}`, `${apps}/${clientId}/revoke`, `${apps}/none`, `${apps}/none/revoke`])
      expect((await page.goto(path))?.status()).toBe(404);
    await page.goto(`${apps}/${theirs}/revoke`);
    await page.locator('[name=grantId]').evaluate((input: HTMLInputElement, id) => (input.value = id), grantId);
    await button(page, 'Revoke now').click();
    await page.getByText('Grant not found').waitFor();
    expect((await listOwnGrants(person, { limit: 9 })).items).toHaveLength(1);
    await page.goto(`${apps}?after=x.y&ended=<b>`);
    await page.getByRole('article', { name: 'Theirs' }).waitFor();
  });

  test.each(['light', 'dark'] as const)('is free of what axe finds, and fits a phone, in %s', async (colorScheme) => {
    const { person, allow } = await aScene();
    const { clientId } = await allow('A'.repeat(256), { createdAt: new Date(Date.now() - 200 * day) });
    for (const width of [390, 1440]) {
      const { page, complaints } = await browserOf(person, { colorScheme, viewport: { width, height: 900 } });
      for (const path of [apps, `${apps}/${clientId}`, `${apps}/${clientId}/revoke`, `${apps}?ended=2`]) {
        await page.goto(path);
        await accessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      }
      expect(complaints).toEqual([]);
    }
  });
});
