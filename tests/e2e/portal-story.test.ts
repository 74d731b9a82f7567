import { expect, test } from 'vitest';
import { anApp, anOwnersBrowser, expectAccessible, sendNewApp, shownSecret } from '#support/app-in-browser';
import { aBrowser } from '#support/browser';
import { at, signUp } from '#support/person-in-browser';

// Whole stories, with axe on page after page.

test('from an account to an app and its end', async () => {
  const { page, complaints } = await aBrowser();
  await signUp(page, undefined, '/clients');
  await page.getByRole('link', { name: 'New app' }).click();
  await page.waitForURL(at('/clients/new'));
  await sendNewApp(page, { name: 'Trip planner', redirectUri: 'https://trips.example/callback' });
  const first = await shownSecret(page);
  await page.getByRole('button', { name: 'I have stored it' }).click();
  await page.waitForURL(/\/credentials$/);
  const clientId = new URL(page.url()).pathname.split('/')[2] ?? '';

  const sections = page.getByRole('navigation', { name: 'This app' });
  await sections.getByRole('link', { name: 'Settings' }).click();
  await page.waitForURL(/\/settings$/);
  await page.getByLabel('Name').fill('Trip planner of Ada');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  await sections.getByRole('link', { name: 'Secrets' }).click();
  await page.waitForURL(/\/credentials$/);
  await page.getByLabel('Keep the old secret for (hours)').fill('48');
  await page.getByRole('button', { name: 'Rotate' }).click();
  expect(await shownSecret(page)).not.toBe(first);
  await page.getByRole('button', { name: 'I have stored it' }).click();
  await page.getByText('Ends soon').waitFor();

  const visitor = await aBrowser();
  await visitor.page.goto('/');
  await visitor.page.getByLabel('Client ID').fill(clientId);
  await visitor.page.getByRole('button', { name: 'Look it up' }).click();
  await visitor.page.waitForURL(at(`/public/${clientId}/info`));
  await visitor.page.getByRole('heading', { name: 'Trip planner of Ada' }).waitFor();
  expect(await visitor.page.content()).not.toContain('trips.example/callback');

  await sections.getByRole('link', { name: 'Danger zone' }).click();
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('The app is switched off').waitFor();
  // What the browser fetches ahead of the app's other pages would else come too late, and complain.
  await page.waitForLoadState('networkidle');
  await page.getByLabel(/to delete it$/).fill('Trip planner of Ada');
  await page.getByRole('button', { name: 'Delete this app' }).click();
  await page.waitForURL(at('/clients'));
  await page.getByText('Register your first app').waitFor();
  expect((await visitor.page.reload())?.status()).toBe(404);
  expect(complaints).toEqual([]);
});

test('two tabs: the second save is refused with both values shown, nothing is lost, and either may win', async () => {
  const { page, context } = await anOwnersBrowser();
  const { at: of } = await anApp(page);
  const other = await context.newPage();
  for (const tab of [page, other]) await tab.goto(of('/settings'));
  const save = async (tab: typeof page, name: string) => {
    await tab.getByLabel('Name').fill(name);
    await tab.getByRole('button', { name: 'Save' }).click();
  };
  await save(page, 'Of the first tab');
  await page.getByText('Saved.', { exact: true }).waitFor();
  await save(other, 'Of the second tab');
  const conflict = other.getByRole('table', { name: 'What you typed and what is stored now' });
  await conflict.waitFor();
  expect(await conflict.textContent()).toContain('Of the first tab');
  expect(await conflict.textContent()).toContain('Of the second tab');
  expect(await other.getByLabel('Name').inputValue()).toBe('Of the second tab');
  await expectAccessible(other);
  await other.getByRole('button', { name: 'Replace with my changes' }).click();
  await other.getByText('Saved.', { exact: true }).waitFor();
  await page.reload();
  expect(await page.getByLabel('Name').inputValue()).toBe('Of the second tab');
});

test('by keyboard: past the header to the content, through the form, to an app', async () => {
  const { page } = await anOwnersBrowser();
  await page.goto('/clients/new');
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.locator(':focus').getAttribute('id')).toBe('main');
  while (!(await page.getByLabel('Name').evaluate((input) => input === document.activeElement)))
    await page.keyboard.press('Tab');
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.getByLabel('Name').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/clients\/[0-9a-f-]{36}/);
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await expect.poll(() => page.title()).toContain('By keyboard');
});

test.each([
  ['light', 390],
  ['dark', 1440],
] as const)(
  'every page of an app has a title of its own, is accessible and fits (%s, %i)',
  async (colorScheme, width) => {
    const { page, complaints } = await anOwnersBrowser({ colorScheme, viewport: { width, height: 900 } });
    const { at: of } = await anApp(page, 'W'.repeat(256));
    const titles = new Set<string>();
    const paths = [
      '',
      '/settings',
      '/redirects',
      '/permissions',
      '/branding',
      '/credentials',
      '/history',
      '/team',
      '/danger',
    ];
    for (const path of paths) {
      await page.goto(of(path));
      titles.add(await page.title());
      await expectAccessible(page);
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, width]);
    }
    expect(titles.size).toBe(paths.length);
    expect(complaints).toEqual([]);
  },
);
