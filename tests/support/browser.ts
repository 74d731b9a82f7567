import { type BrowserContextOptions, chromium } from 'playwright';
import { afterAll, inject, onTestFinished } from 'vitest';
import { findChromium } from '#scripts/browser';

const browser = await chromium.launch({
  executablePath: findChromium(),
  // Root has no sandbox of Chromium's own; the rest keeps it from calling home.
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage'],
});
afterAll(() => browser.close());

/** A page of no portal at all, for the life of the file: it reads HTML as browsers do. */
export const blankPage = () => browser.newPage();

/** Where the portal of this run is. */
export const portalUrl = inject('portal').url;

/** A person's browser, closed with its test: own cookies, and an error of the page or a breach of its policy fails the test that asks for `complaints`. */
export async function aBrowser(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ baseURL: portalUrl, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { context, page, complaints };
}
