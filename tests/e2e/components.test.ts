import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { afterAll, describe, expect, test } from 'vitest';
import { aBrowser } from '#support/browser';
import { freePort } from '#support/free-port';
import { removeData } from '#support/remove-data';

/** A server in development mode, which alone has the page of components. */
async function startDevelopment() {
  const data = mkdtempSync(join(tmpdir(), 'clientele-components-'));
  const port = await freePort();
  const words = ['--disable-warning=DEP0169', '--import', './scripts/resolve-once.ts', 'server.ts', '--dev'];
  const server = spawn(process.execPath, words, {
    env: { ...process.env, PORT: String(port), CLIENTELE_DATA: data, CLIENTELE_LOG: 'errors' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (line) => line.startsWith('Clientele is at') && resolve());
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.kill('SIGTERM');
      await once(server, 'exit');
      removeData(data);
    },
  };
}

const server = await startDevelopment();
afterAll(() => server.stop());

type Options = Parameters<typeof aBrowser>[0];

async function components(query = '', options: Options = {}) {
  // Without motion: what is still fading in has another contrast.
  const { page } = await aBrowser({ baseURL: server.url, reducedMotion: 'reduce', ...options });
  await page.goto(`/components${query}`);
  await page.getByRole('heading', { name: 'Components', level: 1 }).waitFor();
  await isInteractive(page);
  return page;
}

/** Waits until React has every button: presses before that are lost. A development server is never silent, so silence says nothing. */
const isInteractive = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll('button')].every((button) =>
      Object.keys(button).some((key) => key.startsWith('__reactProps$')),
    ),
  );

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).exclude('nextjs-portal').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
}

const phone = { width: 390, height: 844 };
const said = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).first();

describe.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 390],
])('%s at %s px', (theme, width) => {
  test('axe finds no barrier in any component', async () => {
    const page = await components(`?theme=${theme}`, { viewport: { width, height: 844 } });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page);
    await page.goto(`/components?theme=${theme}&drawer`);
    await page.getByRole('region', { name: 'invoices:write' }).waitFor();
    await expectAccessible(page);
  });
});

test('nothing scrolls sideways at 320 px, also with text of twice the size', async () => {
  const page = await components('', { viewport: { width: 320, height: 640 } });
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBeLessThanOrEqual(320);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  expect(await width()).toBeLessThanOrEqual(320);
});

describe('the save bar', () => {
  test('announces unsaved changes, and asks before a link loses them', async () => {
    const page = await components();
    const field = page.getByLabel('Portal title');
    await field.fill('Another title');
    await said(page, 'You have unsaved changes.').waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Keep editing' }).click();
    expect(await field.inputValue()).toBe('Another title');
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await expect.poll(() => page.getByLabel('Portal title').inputValue()).toBe('Northwind Cloud Developers');
  });

  test('asks before the tab is closed, and not after the changes are saved', async () => {
    const page = await components();
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      return dialog.dismiss();
    });
    await page.getByLabel('Portal title').fill('Another title');
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked).toEqual(['beforeunload']);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'hidden' });
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => page.isClosed()).toBe(true);
    expect(asked).toHaveLength(1);
  });

  test('goes away when the changes are taken back by hand or discarded', async () => {
    const page = await components();
    const field = page.getByLabel('Portal title');
    const bar = page.getByRole('button', { name: 'Discard', exact: true });
    await field.fill('Another title');
    await bar.waitFor();
    await field.fill('Northwind Cloud Developers');
    await bar.waitFor({ state: 'hidden' });
    await field.fill('Another title');
    await bar.click();
    await bar.waitFor({ state: 'hidden' });
    expect(await field.inputValue()).toBe('Northwind Cloud Developers');
  });

  test('is there without JavaScript', async () => {
    const { page } = await aBrowser({ baseURL: server.url, javaScriptEnabled: false });
    await page.goto('/components');
    await page.getByRole('button', { name: 'Save', exact: true }).waitFor();
  });
});

describe('a toast', () => {
  test('is announced, stays while it has the focus, and goes after eight seconds', async () => {
    const { page } = await aBrowser({ baseURL: server.url });
    await page.clock.install();
    await page.goto('/components');
    await isInteractive(page);
    await page.getByRole('button', { name: 'Show a toast' }).click();
    const toast = said(page, 'Ledger Sync was disabled.');
    await toast.waitFor();
    await page.getByRole('button', { name: 'Undo' }).focus();
    await page.clock.runFor(60_000);
    expect(await page.getByText('Ledger Sync was disabled.').count()).toBe(1);
    await page.getByRole('button', { name: 'Show a toast' }).focus();
    await page.clock.runFor(9000);
    await expect.poll(() => page.getByText('Ledger Sync was disabled.').count()).toBe(0);
  });

  test('undoes', async () => {
    const page = await components();
    await page.getByRole('button', { name: 'Show a toast' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await said(page, 'Ledger Sync is active again.').waitFor();
    expect(await page.getByText('Ledger Sync was disabled.').count()).toBe(0);
  });
});

describe('a dialog', () => {
  test('closes by Escape and gives the focus back', async () => {
    const page = await components();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('dialog', { name: 'Delete Ledger Sync?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Delete…');
  });

  test('with a secret closes by its own button only', async () => {
    const page = await components();
    await page.getByRole('button', { name: 'Show a secret' }).click();
    const dialog = page.getByRole('dialog', { name: 'Copy your client secret now' });
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByLabel('I have stored it').check();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'hidden' });
  });
});

test('a drawer has its own address, takes the focus, and is the page on a phone', async () => {
  const page = await components('', { viewport: phone });
  await page.getByRole('link', { name: 'Open the drawer' }).click();
  const drawer = page.getByRole('region', { name: 'invoices:write' });
  await drawer.waitFor();
  expect(new URL(page.url()).search).toBe('?drawer');
  await expect.poll(() => drawer.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await page.getByRole('button', { name: 'Show a toast' }).isVisible()).toBe(false);
  await drawer.getByRole('link', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Show a toast' }).waitFor();
});

test('a menu opens below its button by the keyboard, and Escape leads back to the button', async () => {
  const page = await components();
  const button = page.getByRole('button', { name: 'Actions' });
  await button.focus();
  await page.keyboard.press('Enter');
  const first = page.getByRole('link', { name: 'Move', exact: true });
  await first.waitFor();
  const [above, below] = [await button.boundingBox(), await first.boundingBox()];
  expect(below?.y).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0));
  expect((below?.y ?? 0) - (above?.y ?? 0)).toBeLessThan(80);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Move');
  await page.keyboard.press('Escape');
  await first.waitFor({ state: 'hidden' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Actions');
});

test('a table stays a table for screen readers on a phone', async () => {
  const page = await components('', { viewport: phone });
  const row = page.getByRole('table', { name: 'Apps' }).getByRole('row', { name: /Ledger Sync/ });
  expect(await row.getByRole('cell').count()).toBeGreaterThan(2);
  expect(await row.getByRole('rowheader').count()).toBe(1);
});

test('rows that are ticked are counted aloud, with what can be done to them', async () => {
  const page = await components();
  await page.getByLabel('Select Ledger Sync').check();
  await page.getByLabel('Select Nightly Warehouse Export').check();
  await said(page, '2 selected').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await page.getByRole('button', { name: 'Disable…' }).waitFor({ state: 'hidden' });
});

test('a search has its key, filters while one types and keeps the other parameters of the address', async () => {
  const page = await components();
  await page.keyboard.press('/');
  await page.keyboard.type('ledger');
  await page.waitForURL((url) => url.searchParams.get('q') === 'ledger' && url.searchParams.get('theme') === 'light');
});

test('copying says so', async () => {
  const page = await components('', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Copy client ID' }).click();
  await said(page, 'Copied client ID').waitFor({ state: 'attached' });
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^9d4f02ed-/);
});
