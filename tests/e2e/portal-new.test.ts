import { eq, like } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { clients, secrets } from '#db/schema/client';
import { anOwnersBrowser, expectAccessible, sendNewApp, shownSecret } from '#support/app-in-browser';
import { portalDb } from '#support/portal-database';

const aName = () => `App ${crypto.randomUUID()}`;
const countOf = async (name: string) => {
  const rows = await portalDb
    .select({ id: secrets.id })
    .from(clients)
    .leftJoin(secrets, eq(secrets.clientId, clients.clientId))
    .where(like(clients.name, name));
  return rows.length;
};

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a name and a type are enough: the secret is shown once, and gone after a reload', async () => {
    const { page, complaints } = await anOwnersBrowser({ javaScriptEnabled });
    await page.goto('/clients');
    await page.getByText('Register your first app').waitFor();
    await sendNewApp(page, { name: aName() });
    const secret = await shownSecret(page);
    expect(secret).toMatch(/^clt_cs_[A-Za-z0-9]{40,}$/);
    await page.reload();
    await page.getByText('has been shown and cannot be shown again').waitFor();
    expect(await page.content()).not.toContain(secret);
    expect(complaints).toEqual([]);
  });

  test('every wrong field at once, each with its message beside it, and nothing typed is lost', async () => {
    const { page } = await anOwnersBrowser({ javaScriptEnabled });
    await page.goto('/clients/new');
    await page.locator('input[name=applicationType][value=spa]').check();
    await page.locator('input[name=environment][value=staging]').check();
    await page.getByLabel('Redirect URI 1').fill('http://example.com/cb');
    await page.getByRole('button', { name: 'Create app' }).click();
    await page.getByText('Enter a name.').first().waitFor();
    await page.getByText('R5').first().waitFor();
    expect(await page.getByLabel('Redirect URI 1').inputValue()).toBe('http://example.com/cb');
    expect(await page.locator('input[name=applicationType]:checked').inputValue()).toBe('spa');
    expect(await page.locator('input[name=environment]:checked').inputValue()).toBe('staging');
    await page.getByLabel('Name').fill('Now it has one');
    await page.getByLabel('Redirect URI 1').fill('https://example.com/cb');
    await page.getByRole('button', { name: 'Create app' }).click();
    await page.waitForURL(/\/clients\/[0-9a-f-]{36}/);
  });

  test('a double click makes one app and one secret', async () => {
    const { page } = await anOwnersBrowser({ javaScriptEnabled });
    await page.goto('/clients/new');
    const name = aName();
    await page.getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Create app' }).dblclick();
    await page.getByText('Store this secret now').waitFor();
    expect(await countOf(name)).toBe(1);
  });
});

test('the same form sent again leads to the app that it made', async () => {
  const { page, context } = await anOwnersBrowser({ javaScriptEnabled: false });
  await page.goto('/clients/new');
  const name = aName();
  const [request] = await Promise.all([
    page.waitForRequest((sent) => sent.method() === 'POST'),
    sendNewApp(page, { name }),
  ]);
  await shownSecret(page);
  const again = await context.request.post(request.url(), {
    data: request.postDataBuffer() ?? '',
    headers: { 'content-type': (await request.headerValue('content-type')) ?? '', origin: new URL(page.url()).origin },
  });
  expect(new URL(again.url()).pathname).toBe(new URL(page.url()).pathname);
  expect(await again.text()).toContain('has been shown and cannot be shown again');
  expect(await countOf(name)).toBe(1);
});

test('each redirect URI is judged as it is typed, with its rule and the fix in one click', async () => {
  const { page, complaints } = await anOwnersBrowser();
  await page.goto('/clients/new');
  const uri = page.getByLabel('Redirect URI 1');
  await uri.fill('http://example.com/cb#x');
  await page.getByText('R2', { exact: true }).waitFor();
  await page.getByText('R5', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Use https://example.com/cb instead' }).click();
  expect(await uri.inputValue()).toBe('https://example.com/cb');
  await page.getByText('Accepted').waitFor();
  await uri.fill('http://localhost:3000/cb');
  await page.getByText('R8', { exact: true }).waitFor();
  await page.locator('input[name=environment][value=development]').check();
  await page.getByText('Accepted').waitFor();
  await page.getByRole('button', { name: 'Add another' }).click();
  await page.getByLabel('Redirect URI 2').fill('http://localhost:3000/cb');
  await page.getByText('it repeats number 1').waitFor();
  await page.getByRole('button', { name: 'Remove Redirect URI 2' }).click();
  expect(await page.getByLabel('Redirect URI 2').count()).toBe(0);
  await expectAccessible(page);
  expect(complaints).toEqual([]);
});

test('a paste of several redirect URIs becomes one row each', async () => {
  const { page, context, complaints } = await anOwnersBrowser();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/clients/new');
  await page.getByLabel('Redirect URI 1').click();
  await page.evaluate(() => navigator.clipboard.writeText('["https://a.example/cb",\n "https://b.example/cb"]'));
  await page.keyboard.press('ControlOrMeta+V');
  await page.getByLabel('Redirect URI 2').waitFor();
  expect(await page.getByLabel('Redirect URI 1').inputValue()).toBe('https://a.example/cb');
  expect(await page.getByLabel('Redirect URI 2').inputValue()).toBe('https://b.example/cb');
  expect(complaints).toEqual([]);
});

test('a link fills the form in, and sends nothing', async () => {
  const { page, context } = await anOwnersBrowser();
  const link =
    '/clients/new?name=Filled+in&type=native&redirect_uri=com.example.app%3A%2Fcb&redirect_uri=https%3A%2F%2Fa.example%2Fcb';
  await page.goto(link);
  expect(await page.getByLabel('Name').inputValue()).toBe('Filled in');
  expect(await page.locator('input[name=applicationType]:checked').inputValue()).toBe('native');
  expect(await page.getByLabel('Redirect URI 2').inputValue()).toBe('https://a.example/cb');
  await page.goto('/clients');
  await page.getByText('Register your first app').waitFor();
  await context.clearCookies();
  await page.goto(link);
  expect(new URL(page.url()).searchParams.get('callbackUrl')).toContain('redirect_uri=com.example.app');
});
