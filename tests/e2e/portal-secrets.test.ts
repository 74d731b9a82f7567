import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { anApp, anOwnersBrowser, expectAccessible, sendNewApp, shownSecret } from '#support/app-in-browser';
import { aClientRow } from '#support/client-row';
import { portalDb } from '#support/portal-database';

const rows = 'tbody tr';

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a secret is added, rotated with an overlap and revoked; the last one that works stays', async () => {
    const { page, complaints } = await anOwnersBrowser({ javaScriptEnabled });
    const { secret, at } = await anApp(page);
    await page.getByLabel('Keep the old secret for (hours)').fill('169');
    await page.getByRole('button', { name: 'Rotate' }).click();
    await page.getByText('Choose an overlap of 0 to 168 hours.').first().waitFor();
    expect(await page.getByLabel('Keep the old secret for (hours)').inputValue()).toBe('169');
    await page.getByLabel('Keep the old secret for (hours)').fill('48');
    await page.getByRole('button', { name: 'Rotate' }).click();
    const second = await shownSecret(page);
    expect(second).not.toBe(secret);
    await page.goto(at('/credentials'));
    await page.getByText('Ends soon').waitFor();
    expect(await page.locator(rows).count()).toBe(2);

    await page.getByLabel('Name').fill('Server in Frankfurt');
    await page.getByLabel('Ends').selectOption('In 90 days');
    await page.getByRole('button', { name: 'Add secret' }).click();
    const third = await shownSecret(page);
    await page.goto(at('/credentials'));
    const row = page.locator(rows, { hasText: 'Server in Frankfurt' });
    expect(await row.textContent()).toContain(third.slice(-4));
    expect(await page.content()).not.toContain(third);

    for (const name of ['First secret', 'Rotated secret']) {
      await page.getByRole('link', { name: `Revoke ${name}` }).click();
      await page.getByRole('button', { name: 'Revoke now' }).click();
      await page.locator(rows, { hasText: name }).getByText('Revoked').waitFor();
    }
    await page.getByRole('link', { name: 'Revoke Server in Frankfurt' }).click();
    await page.getByText('This is the last secret that works.').waitFor();
    expect(await page.getByRole('button', { name: 'Revoke now' }).count()).toBe(0);
    await page.goto(at('/danger'));
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.getByText('The app is switched off').waitFor();
    await page.goto(at('/credentials'));
    await page.getByRole('link', { name: 'Revoke Server in Frankfurt' }).click();
    await page.getByText('It is the last secret that works').waitFor();
    await page.getByRole('button', { name: 'Revoke now' }).click();
    await page.locator(rows, { hasText: 'Server in Frankfurt' }).getByText('Revoked').waitFor();
    await page.goto(at(''));
    await page.getByRole('link', { name: 'Add a secret: the app has none that works.' }).waitFor();
    expect(complaints).toEqual([]);
  });
});

test('the dialog stays until it is confirmed, copies the secret and offers it as .env', async () => {
  const { page, context, complaints } = await anOwnersBrowser();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await sendNewApp(page, { name: 'Trip planner' });
  const secret = await shownSecret(page);
  const dialog = page.getByRole('dialog', { name: 'Store this secret now' });
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await page.mouse.click(4, 4);
  expect(await dialog.isVisible()).toBe(true);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Copy Client secret' }).click();
  await dialog.getByRole('status').filter({ hasText: 'Copied Client secret' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: 'Download as .env' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toMatch(
    new RegExp(`^CLIENT_ID=[0-9a-f-]{36}\nCLIENT_SECRET=${secret}\n$`),
  );
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  await page.waitForURL(/\/credentials$/);
  await dialog.waitFor({ state: 'detached' });
  await page.goBack();
  await page.waitForLoadState('networkidle');
  expect(await page.content()).not.toContain(secret);
  expect(complaints).toEqual([]);
});

test('an app without a valid secret shows a notice until it has one', async () => {
  const { organizationId, page } = await anOwnersBrowser();
  const clientId = await aClientRow(portalDb, { organizationId });
  await page.goto(`/clients/${clientId}/credentials`);
  const told = page.getByText('No secret of this app works');
  await told.waitFor();
  await expectAccessible(page);
  await page.getByLabel('Name').fill('Server');
  await page.getByRole('button', { name: 'Add secret' }).click();
  await shownSecret(page);
  await page.goto(`/clients/${clientId}/credentials`);
  await page.getByRole('button', { name: 'Add secret' }).waitFor();
  expect(await told.count()).toBe(0);
});
