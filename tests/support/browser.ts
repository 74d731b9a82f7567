import { type BrowserContextOptions, chromium } from 'playwright';
import { afterAll, inject, onTestFinished } from 'vitest';
import { chromiumHere } from '#scripts/browser';
import { startCanary } from './canary.ts';
import { anAuthority } from './certificate.ts';

/** The developers' own sites, which no DNS knows: every host of example.com is this server, in this browser. */
const site = await startCanary((request, response) => {
  // As some sites do that hand over to an app of theirs.
  if (request.url?.startsWith('/hop')) return response.writeHead(302, { location: 'com.example.trips:/done' }).end();
  return response.setHeader('content-type', 'text/html').end('<title>arrived</title>');
}, anAuthority().issue('example.com'));

const browser = await chromium.launch({
  ...chromiumHere(),
  args: [
    // Root has no sandbox of Chromium's own; the next three keep it from calling home and from a small /dev/shm.
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

/** A page of no portal at all, for the life of the file: it reads HTML as browsers do. */
export const blankPage = () => browser.newPage();

/** A slow machine may take so long for a page; what is waited for goes on as soon as it is there. */
const patienceMs = 120_000;

/** Where the portal of this run is. */
export const portalUrl = inject('portal').url;

/** A person's browser, closed with its test: own cookies, and an error of the page or a breach of its policy fails the test that asks for `complaints`. */
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
