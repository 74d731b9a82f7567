import { type BrowserContextOptions, chromium } from 'playwright';
import { afterAll, inject, onTestFinished } from 'vitest';
import { chromiumHere } from '#scripts/browser';
import { startCanary } from './canary.ts';
import { anAuthority } from './certificate.ts';

/** The developers' sites: in this browser every host of example.com is this server. */
const site = await startCanary((request, response) => {
  // Some sites open their own app like this.
  if (request.url?.startsWith('/hop')) return response.writeHead(302, { location: 'com.example.trips:/done' }).end();
  return response.setHeader('content-type', 'text/html').end('<title>arrived</title>');
}, anAuthority().issue('example.com'));

const browser = await chromium.launch({
  ...chromiumHere(),
  args: [
    // Chromium has no sandbox for root; the next three prevent its own requests and the use of a small /dev/shm.
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-dev-shm-usage',
    `--host-resolver-rules=MAP *.example.com:443 127.0.0.1:${site.port}`,
  ],
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

/** An empty page for the test file: it parses HTML as browsers do. */
export const blankPage = () => browser.newPage();

/** The longest time to wait for a page on a slow machine. */
const patienceMs = 120_000;

/** The URL of this run's portal. */
export const portalUrl = inject('portal').url;

/** A person's browser with its own cookies, closed after the test. `complaints` has errors of its pages and violations of their policy. */
export async function aBrowser(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ baseURL: portalUrl, ignoreHTTPSErrors: true, ...options });
  context.setDefaultTimeout(patienceMs);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  return { context, page, complaints };
}
