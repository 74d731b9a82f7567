import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { aBrowser, portalUrl } from '#support/browser';
import { anAddress, at, password, send, signUp } from '#support/person-in-browser';

/** To the other service and, as `login`, back again. */
async function comeFromElsewhere(page: Page, login: string) {
  await page.goto('/sign-in?callbackUrl=/settings/profile');
  await page.getByRole('button', { name: 'Continue with Elsewhere' }).click();
  await page.getByLabel('Who are you?').fill(login);
  await page.getByRole('button', { name: 'Go' }).click();
}

describe.each([true, false])('sign-in through another service, with JavaScript: %s', (javaScriptEnabled) => {
  const browser = () => aBrowser({ javaScriptEnabled });

  test('makes an account with a confirmed address, and opens the same one the next time', async () => {
    const email = anAddress();
    for (const { page } of [await browser(), await browser()]) {
      await comeFromElsewhere(page, email);
      await page.waitForURL(at('/settings/profile'));
      await page.getByText(email).waitFor();
      await page.getByText('Confirmed', { exact: true }).waitFor();
    }
  });

  test('asks for the password of an account that has the address, and then opens it without', async () => {
    const { page } = await browser();
    const email = await signUp(page, anAddress());
    await page.context().clearCookies();
    await comeFromElsewhere(page, email);
    await page.waitForURL(at('/sign-in/link'));
    await page.goto('/settings/profile');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.goto('/sign-in/link');
    await page.getByLabel('Password').fill('wrong horse battery');
    await send(page);
    await page.getByText('is not right').waitFor();
    await page.getByLabel('Password').fill(password);
    await send(page);
    await page.waitForURL(at('/settings/profile'));
    await page.getByText('From now on you can sign in that way too.').waitFor();
    const next = await browser();
    await comeFromElsewhere(next.page, email);
    await next.page.waitForURL(at('/settings/profile'));
    await next.page.getByText(email).waitFor();
  });

  test('does not accept an address that the other service has not verified', async () => {
    const { page } = await browser();
    const email = await signUp(page, anAddress());
    await page.context().clearCookies();
    await comeFromElsewhere(page, `?${email}`);
    await page.getByText('the other service has not verified it').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });
});

test('a callback from another browser signs nobody in', async () => {
  const { page } = await aBrowser();
  await page.goto(`${portalUrl}/api/auth/callback/oidc?code=stolen&state=forged`);
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await page.getByText('That did not work.').waitFor();
});

test('the linking page needs an identity that waits in this browser', async () => {
  const { page } = await aBrowser();
  for (const path of ['/sign-in/link', '/sign-in/continue']) {
    await page.goto(path);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  }
});
