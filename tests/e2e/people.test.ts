import { AxeBuilder } from '@axe-core/playwright';
import { eq } from 'drizzle-orm';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { users } from '#db/schema/user';
import { aBrowser, portalUrl } from '#support/browser';
import { anAddress, at, password, send, signIn, signUp } from '#support/person-in-browser';
import { newestMailTo, portalDb } from '#support/portal-database';

const another = 'staple under the bridge';

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('one signs up, out and in again, and every page is theirs only while signed in', async () => {
    const { page, context, complaints } = await aBrowser({ javaScriptEnabled });
    const email = await signUp(page);
    const [cookie] = (await context.cookies()).filter(({ name }) => name.endsWith('.session'));
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: false, path: '/' });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(at('/'));
    if (cookie) await context.addCookies([cookie]);
    await page.goto('/settings/profile');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await signIn(page, email);
    await page.waitForURL(at('/settings/profile'));
    expect(complaints).toEqual([]);
  });

  test('every wrong field of a sign-up is named beside it, and nothing typed is lost but the password', async () => {
    const { page } = await aBrowser({ javaScriptEnabled });
    await page.goto('/sign-up');
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('E-mail address').fill('nonsense');
    await page.getByLabel('Password').fill('short');
    await send(page);
    await page.getByText('Enter an e-mail address').first().waitFor();
    await page.getByText('Use at least 12 characters.').first().waitFor();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Ada');
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('nonsense');
    expect(await page.getByLabel('Password').inputValue()).toBe('');
  });

  test('a wrong password and an unknown address are answered with the same page', async () => {
    const { page } = await aBrowser({ javaScriptEnabled });
    const email = await signUp(page);
    await page.context().clearCookies();
    const seen: string[] = [];
    for (const address of [email, anAddress()]) {
      await signIn(page, address, 'wrong horse battery');
      await page.getByText('is not right').waitFor();
      seen.push((await page.locator('main').textContent()) ?? '');
    }
    expect(seen[0]).toBe(seen[1]);
  });

  test('a forgotten password is replaced through the mailed link, which opening does not use up', async () => {
    const { page } = await aBrowser({ javaScriptEnabled });
    const email = await signUp(page);
    const other = await aBrowser({ javaScriptEnabled });
    await other.page.goto('/forgot-password');
    await other.page.getByLabel('E-mail address').fill(email);
    await send(other.page);
    await other.page.getByText('on its way').waitFor();
    await expect.poll(async () => (await newestMailTo(email)).path).toMatch(/^\/reset-password\?token=/);
    const { path } = await newestMailTo(email);
    for (let i = 0; i < 2; i++) await other.page.goto(path);
    await other.page.getByLabel('New password').fill('short');
    await send(other.page);
    await other.page.getByText('Use at least 12 characters.').first().waitFor();
    await other.page.getByLabel('New password').fill(another);
    await send(other.page);
    await other.page.waitForURL(at('/settings/profile'));
    await page.goto('/settings/profile');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.goto(path);
    await page.getByText('This link was used').waitFor();
    await signIn(page, email, another);
    await page.waitForURL(at('/settings/profile'));
  });

  test('an address is proved by its own person with a click, after which it says so', async () => {
    const { page } = await aBrowser({ javaScriptEnabled });
    const email = await signUp(page);
    const { path } = await newestMailTo(email);
    await page.getByText('Not confirmed').waitFor();
    const stranger = await aBrowser({ javaScriptEnabled });
    await signUp(stranger.page);
    await stranger.page.goto(path);
    await stranger.page.getByText('This link is not valid').waitFor();
    await page.goto(path);
    await page.getByRole('button', { name: 'Yes, it is mine' }).click();
    await page.waitForURL(at('/settings/profile'));
    await page.getByText('Your address is confirmed.').waitFor();
  });

  test('name, address and password are changed under the settings', async () => {
    const { page } = await aBrowser({ javaScriptEnabled });
    await signUp(page);
    await page.getByLabel('Your name').fill('Grace Hopper');
    await page.getByRole('button', { name: 'Save name' }).click();
    await page.getByText('Your name is saved.').waitFor();
    const next = anAddress();
    await page.getByLabel('New address').fill(next);
    await page.getByLabel('Current password').first().fill(password);
    await page.getByRole('button', { name: 'Change address' }).click();
    await page.getByText('We sent a link to the new address.').waitFor();
    await page.goto((await newestMailTo(next)).path);
    await page.getByRole('button', { name: 'Yes, it is mine' }).click();
    await page.getByText(next).waitFor();
    await page.getByLabel('Current password').last().fill(password);
    await page.getByLabel('New password').fill(another);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed.').waitFor();
    await page.context().clearCookies();
    await signIn(page, next, another);
    await page.waitForURL(at('/settings/profile'));
  });

  test('sessions are listed, and ending another one signs that browser out', async () => {
    const { page } = await aBrowser({ javaScriptEnabled });
    const email = await signUp(page);
    const other = await aBrowser({ javaScriptEnabled });
    await signIn(other.page, email);
    await other.page.waitForURL(at('/settings/profile'));
    await page.goto('/settings/sessions');
    expect(await page.getByRole('row').count()).toBe(3);
    await page.getByRole('button', { name: /^End the session/ }).click();
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
    await other.page.goto('/settings/sessions');
    expect(new URL(other.page.url()).pathname).toBe('/sign-in');
  });
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)', '/.//evil.example'])(
  'callbackUrl %s does not lead out of the portal',
  async (callbackUrl) => {
    const { page } = await aBrowser();
    const email = await signUp(page);
    await page.context().clearCookies();
    await signIn(page, email, password, callbackUrl);
    await page.waitForURL(at('/clients'));
    expect(new URL(page.url()).origin).toBe(portalUrl);
  },
);

test("the operator's pages send a stranger to the sign-in, are not there for others, and show the operator the mail", async () => {
  const { page, context } = await aBrowser();
  await page.goto('/admin/mailbox');
  expect(new URL(page.url()).pathname).toMatch(/^\/sign-(in|up)$/);
  const email = await signUp(page);
  await portalDb.update(users).set({ isOperator: false }).where(eq(users.email, email));
  const { id } = await newestMailTo(email);
  for (const path of ['/admin', '/admin/mailbox', `/admin/mailbox/${id}`])
    expect((await context.request.get(path)).status()).toBe(404);
  await portalDb.update(users).set({ isOperator: true }).where(eq(users.email, email));
  await page.goto('/admin/mailbox');
  await page.getByRole('link', { name: 'Confirm your e-mail address' }).first().click();
  await page.getByRole('link', { name: /verify-email/ }).waitFor();
  expect((await context.request.get('/admin/mailbox/nonsense')).status()).toBe(404);
});

describe('/api/auth', () => {
  const sessionOf = async (page: Page) => (await page.request.get('/api/auth/session')).json();

  test('signs in by next-auth’s own endpoint, with its token against forgery only', async () => {
    const { page } = await aBrowser();
    const email = await signUp(page);
    await page.context().clearCookies();
    const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json();
    const post = (form: Record<string, string>) =>
      page.request.post('/api/auth/callback/credentials', { form: { email, password, json: 'true', ...form } });
    await post({ csrfToken: 'forged' });
    expect(await sessionOf(page)).toEqual({});
    expect((await post({ csrfToken, password: 'wrong horse battery' })).status()).toBe(401);
    expect(await sessionOf(page)).toEqual({});
    await post({ csrfToken });
    expect(await sessionOf(page)).toMatchObject({ user: { id: expect.stringMatching(/^usr_/) } });
    await page.goto('/settings/profile');
    await page.getByText(email).waitFor();
  });

  test('knows that a session is over', async () => {
    const { page } = await aBrowser();
    const email = await signUp(page);
    expect(await sessionOf(page)).toMatchObject({ user: {} });
    const other = await aBrowser();
    await signIn(other.page, email);
    await other.page.waitForURL(at('/settings/profile'));
    await other.page.goto('/settings/sessions');
    await other.page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await other.page.getByRole('row').nth(2).waitFor({ state: 'detached' });
    expect(await sessionOf(page)).toEqual({});
  });
});

test.each(['light', 'dark'] as const)(
  'the pages have no barrier that axe can see, on a phone, %s',
  async (colorScheme) => {
    const { page } = await aBrowser({ colorScheme, viewport: { width: 390, height: 844 } });
    const look = async (path: string) => {
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [path, id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    };
    for (const path of ['/sign-in', '/sign-up', '/forgot-password', '/reset-password?token=x']) await look(path);
    const email = await signUp(page);
    await portalDb.update(users).set({ isOperator: true }).where(eq(users.email, email));
    const { path, id } = await newestMailTo(email);
    for (const one of [
      '/settings/profile',
      '/settings/sessions',
      path,
      '/admin',
      '/admin/mailbox',
      `/admin/mailbox/${id}`,
    ])
      await look(one);
  },
);
