// `npm run pictures`: takes the screenshots of docs/pictures from a temporary portal with example data.
import { mkdirSync } from 'node:fs';
import { chromium, type Page } from 'playwright';
import sharp from 'sharp';
import { chromiumHere, provideChromium } from './browser.ts';
import { exampleApps } from './pictures/example-apps.ts';
import { startOwnServer } from './pictures/own-server.ts';

const folder = 'docs/pictures';
const email = 'ada@example.com';
const password = 'violet staple under bridge';

if (!(await provideChromium())) process.exit(1);
mkdirSync(folder, { recursive: true });
const server = await startOwnServer();
const browser = await chromium.launch({
  ...chromiumHere(),
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const clientId = await fill();
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      baseURL: server.url,
      colorScheme,
      viewport: { width: 1280, height: 800 },
    });
    const page = await context.newPage();
    await signIn(page);
    const save = (name: string) => savePicture(page, `${name}-${colorScheme}`);
    await page.goto('/clients');
    await save('clients');
    await page.goto(`/clients/${clientId}`);
    await save('client');
    await page.goto(`/public/${clientId}/info`);
    await save('public');
    await page.goto(authorization(clientId));
    await page.waitForURL(/\/consent\//);
    await save('consent');
    await page.goto('/clients/new?name=Trip+planner&redirect_uri=http://planner.example/callback%23done');
    await page.getByRole('button', { name: /instead$/ }).waitFor();
    await page.getByLabel('Redirect URI 1').scrollIntoViewIfNeeded();
    await save('new');
    await page.getByRole('button', { name: /instead$/ }).click();
    await page.getByRole('button', { name: 'Create app' }).click();
    await page.getByRole('dialog').waitFor();
    await save('secret');
    await page.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await save('credentials');
    await context.close();
  }
} finally {
  await browser.close();
  await server.stop();
}

/** Creates a publisher and its apps; returns the client id of the last one. */
async function fill(): Promise<string> {
  await server.operate('user', 'create', '--email', email, '--password', password, '--name', 'Ada Lovelace');
  const { token } = await server.operate('token', 'create', '--email', email, '--scopes', 'clients:read clients:write');
  let clientId = '';
  for (const app of await exampleApps()) {
    const answer = await fetch(`${server.url}/api/2.0/clients`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(app),
    });
    if (!answer.ok) throw new Error(await answer.text());
    clientId = ((await answer.json()) as { client_id: string }).client_id;
  }
  return clientId;
}

/** The authorization URL of an app's request. */
function authorization(clientId: string): string {
  const parameters = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: 'https://app.invoices.example/callback',
    scope: 'openid email files:read files:write',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  return `/oauth/authorize?${parameters}`;
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in?callbackUrl=/clients');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.locator('main button[type=submit]').first().click();
  await page.waitForURL((url) => url.pathname === '/clients');
}

async function savePicture(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  const png = await page.screenshot();
  await sharp(png).png({ palette: true, compressionLevel: 9 }).toFile(`${folder}/${name}.png`);
}
