import type { Page } from 'playwright';

export const password = 'correct horse battery';
export const anAddress = () => `person-${crypto.randomUUID()}@example.com`;

/** Makes `waitForURL` compare the path only. */
export const at = (path: string) => (url: URL) => url.pathname === path;

/** Presses the button of the page's first form. */
export const send = (page: Page) => page.locator('main button[type=submit]').first().click();

/** Creates an account and opens `next`; returns the e-mail address. */
export async function signUp(page: Page, email = anAddress(), next = '/settings/profile'): Promise<string> {
  await page.goto(`/sign-up?callbackUrl=${encodeURIComponent(next)}`);
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await send(page);
  await page.waitForURL(at(next));
  return email;
}

/** Fills in and sends the sign-in form. */
export async function signIn(page: Page, email: string, tried = password, callbackUrl = '/settings/profile') {
  await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(tried);
  await send(page);
}
