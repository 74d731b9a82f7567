import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { aPerson } from '#support/actors';
import { expectAccessible } from '#support/app-in-browser';
import type { aBrowser } from '#support/browser';
import { portalDb } from '#support/portal-database';
import { browserOf } from '#support/portal-people';

const phone = { width: 390, height: 844 };
const pages = ['/admin', '/admin/mailbox'];

const anOperator = async (options: Parameters<typeof aBrowser>[0] = {}) =>
  browserOf(await aPerson(portalDb, { isOperator: true }), options);

const navigation = (page: Page) => page.getByRole('navigation', { name: 'Main' });

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('the navigation leads to the operator’s pages and marks the one that is open', async () => {
    const { page } = await anOperator({ javaScriptEnabled });
    await page.goto('/admin');
    await navigation(page).getByRole('link', { name: 'Mail' }).click();
    await page.getByRole('heading', { name: 'Mail', level: 1 }).waitFor();
    const current = navigation(page).locator('[aria-current]');
    expect(await current.allTextContents()).toEqual(['Mail']);
    await navigation(page).getByRole('link', { name: 'Developer portal' }).click();
    await page.waitForURL('**/clients');
  });

  test('on a phone the navigation opens from the top bar, which names the place, and Escape closes it', async () => {
    const { page } = await anOperator({ javaScriptEnabled, viewport: phone });
    await page.goto('/admin/mailbox');
    expect(await navigation(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Mail' }).click();
    await navigation(page).getByRole('link', { name: 'Overview' }).waitFor();
    await page.keyboard.press('Escape');
    await navigation(page).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await navigation(page).getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    await navigation(page).waitFor({ state: 'hidden' });
  });

  test('the account’s menu opens above its button and signs the operator out', async () => {
    const { page } = await anOperator({ javaScriptEnabled });
    await page.goto('/admin');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('link', { name: 'Profile' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto('/admin');
    expect(new URL(page.url()).pathname).toMatch(/^\/sign-(in|up)$/);
  });
});

test.each([true, false])(
  'a chosen colour scheme stays against the system’s, with JavaScript: %s',
  async (javaScriptEnabled) => {
    const { page } = await anOperator({ javaScriptEnabled, colorScheme: 'light' });
    const ground = () => page.locator('main').evaluate((element) => getComputedStyle(element).backgroundColor);
    const choose = async (name: string) => {
      await page.goto('/admin');
      await page.getByRole('button', { name: /^Account of/ }).click();
      await page.getByRole('button', { name }).click();
    };
    await page.goto('/admin');
    const light = await ground();
    await choose('Dark');
    await expect.poll(ground).not.toBe(light);
    await page.goto('/admin/mailbox');
    expect(await ground()).not.toBe(light);
    await choose('System');
    await expect.poll(ground).toBe(light);
  },
);

test('the page of components is not there in production', async () => {
  const { page } = await anOperator();
  expect((await page.goto('/components'))?.status()).toBe(404);
});

test('somebody who is not the operator does not see where the operator’s pages lead', async () => {
  const { page } = await browserOf(await aPerson(portalDb));
  expect((await page.goto('/admin'))?.status()).toBe(404);
  expect(await navigation(page).getByRole('link').allTextContents()).not.toContain('Overview');
  await expectAccessible(page);
});

test('the keyboard skips the navigation, and goes through it in the order in which it is seen', async () => {
  const { page } = await anOperator();
  await page.goto('/admin/mailbox');
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const names: string[] = [];
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press('Tab');
    names.push(await focused());
  }
  expect(names).toEqual(['Skip to content', 'ClientelePlatform', 'Overview', 'Mail']);
  await page.goto('/admin/mailbox');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
});

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test.each([1440, 390])('the operator’s pages have no barrier that axe can see, at %s px', async (width) => {
    const { page, complaints } = await anOperator({ colorScheme, viewport: { width, height: 844 } });
    for (const path of pages) {
      await page.goto(path);
      await expectAccessible(page);
    }
    expect(complaints).toEqual([]);
  });
});

test('nothing scrolls sideways at 320 px, also with text of twice the size', async () => {
  const { page } = await anOperator({ viewport: { width: 320, height: 640 } });
  for (const path of pages) {
    await page.goto(path);
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await width()).toBeLessThanOrEqual(320);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    expect(await width()).toBeLessThanOrEqual(320);
  }
});

test('with forced colours the current entry has an outline, and with reduced motion nothing moves', async () => {
  const { page } = await anOperator({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.goto('/admin');
  const styles = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { outlineStyle, transitionDuration } = getComputedStyle(element);
        return { outlineStyle, transitionDuration };
      });
  expect((await styles('.nav-item[aria-current]')).outlineStyle).toBe('solid');
  expect((await styles('.btn')).transitionDuration).toBe('0s');
});

test('the style sheet of the other pages is not loaded, and the typeface is the bundled one', async () => {
  const { page } = await anOperator();
  await page.goto('/admin');
  const rules = (selector: string) =>
    page.evaluate(
      (wanted) =>
        [...document.styleSheets]
          .flatMap(({ cssRules }) => [...cssRules])
          .filter(({ cssText }) => cssText.includes(wanted)).length,
      selector,
    );
  expect(await rules('.page-root')).toBe(0);
  expect(await rules('.sheet-page')).toBeGreaterThan(0);
  const faces = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].filter(({ status }) => status === 'loaded').length;
  });
  expect(faces).toBeGreaterThan(0);
  await page.goto('/clients');
  expect(await rules('.sheet-page')).toBe(0);
});
