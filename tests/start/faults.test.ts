import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { chromium, type Page } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import { connect, wrap } from '#db/client';
import { urlOf } from '#db/embedded/embedded';
import { placeSockets } from '#db/embedded/embedded-files';
import { ownerOf } from '#db/embedded/embedded-owner';
import { chromiumHere } from '#scripts/browser';
import { aStart, processesOf } from '#support/a-start';
import { anAddress, at, signUp } from '#support/person-in-browser';

function signalDatabase(dataFolder: string, signal: NodeJS.Signals): void {
  // Not the shell that holds it; the path may have a space in it.
  const postgres = ({ command }: { command: string }) => /bin\/postgres -D/.test(command) && !/^\S*\bsh /.test(command);
  const postmaster = processesOf(dataFolder).find(postgres)?.pid;
  if (postmaster === undefined) throw new Error('no PostgreSQL to signal');
  const children = execFileSync('pgrep', ['-P', String(postmaster)], { encoding: 'utf8' });
  for (const pid of [postmaster, ...children.trim().split('\n').map(Number)]) process.kill(pid, signal);
}

const page = '/public/3f0c1e9a-5b7d-4c2e-9a61-0d8f2b4e6c13/info';
const authorization = '/oauth/authorize?client_id=3f0c1e9a-5b7d-4c2e-9a61-0d8f2b4e6c13&response_type=code';

test('a page says that the database is unavailable, or that something failed, and works again afterwards', async () => {
  const { url, dataFolder, ready, output } = await aStart();
  await ready;
  const read = async (path = page) => {
    const answer = await fetch(url + path, { headers: { 'accept-language': 'it' } });
    const [requestId, retryAfter] = ['x-request-id', 'retry-after'].map((name) => answer.headers.get(name));
    return { status: answer.status, requestId, retryAfter, html: await answer.text() };
  };
  expect((await read()).status).toBe(404);

  signalDatabase(dataFolder, 'SIGSTOP');
  const [away, asking] = await Promise.all([read(), read(authorization)]);
  signalDatabase(dataFolder, 'SIGCONT');
  expect(away.status).toBe(503);
  expect(asking).toMatchObject({ status: 503, retryAfter: '2' });
  // In the reader's language, and by a link that asks for the same once more.
  for (const { html } of [away, asking]) {
    expect(html).toContain('Questa piattaforma non può rispondere in questo momento.');
    expect(html).toMatch(/<a href=""[^>]*>Riprova</);
  }
  while ((await read()).status === 503) await pause(50);

  const pool = connect(urlOf(placeSockets(dataFolder, ownerOf(dataFolder))), { max: 1 });
  onTestFinished(() => pool.end());
  const db = wrap(pool);
  await db.execute(sql`alter view public_clients rename to mislaid`);
  const failed = await read();
  expect(failed.status).toBe(500);
  expect(failed.html).toContain('Something went wrong on our side');
  expect(failed.html).toContain(failed.requestId);
  expect(failed.html).not.toContain('public_clients');
  const logged = output()
    .split('\n')
    .find((line) => line.includes('"error"') && line.includes(`${failed.requestId}`));
  expect(logged).toContain('Failed query');
  await db.execute(sql`alter view mislaid rename to public_clients`);
  expect((await read()).status).toBe(404);
});

/** Answers to what `press` sends by a form. */
async function sentBy(page: Page, press: () => Promise<unknown>) {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    press(),
  ]);
  return answer.status();
}

test('a form that is sent while the database is unavailable says that it was not saved, and keeps the typed values', async () => {
  const { url, dataFolder, ready } = await aStart();
  await ready;
  const browser = await chromium.launch({
    ...chromiumHere(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  onTestFinished(() => browser.close());
  const aPage = async (options: Parameters<typeof browser.newContext>[0] = {}) => {
    const context = await browser.newContext({ baseURL: url, ...options });
    context.setDefaultTimeout(120_000);
    return context.newPage();
  };
  const page = await aPage();
  const email = await signUp(page, anAddress(), '/clients/new');
  await page.getByLabel('Name').fill('Kept while away');
  await page.getByLabel('Redirect URI 1').fill('https://app.example.com/cb');
  const create = page.getByRole('button', { name: 'Create app' });
  const leaving = await page.context().newPage();
  await leaving.goto('/clients');
  const plain = await aPage({ javaScriptEnabled: false });
  await plain.goto('/sign-in?callbackUrl=/settings/profile');

  signalDatabase(dataFolder, 'SIGSTOP');
  expect(await sentBy(page, () => create.click())).toBe(503);
  await page.getByText('This was not saved: the platform cannot answer just now.').waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('Kept while away');
  expect(await page.getByLabel('Redirect URI 1').inputValue()).toBe('https://app.example.com/cb');
  // Without scripts the page itself cannot be shown: it is sent once more.
  await plain.getByLabel('E-mail address').fill(email);
  await plain.getByLabel('Password').fill('correct horse battery');
  expect(await sentBy(plain, () => plain.getByRole('button', { name: 'Sign in' }).click())).toBe(503);
  await plain.getByRole('heading', { name: 'Just a moment' }).waitFor();
  expect(await plain.getByText('what you sent was not saved').count()).toBe(1);
  expect(await plain.getByRole('main').getByRole('link').count()).toBe(0);
  // An action that has no form to answer leads to a page that says so.
  await leaving.getByRole('button', { name: 'Sign out' }).click();
  await leaving.getByRole('heading', { name: 'Just a moment' }).waitFor();
  signalDatabase(dataFolder, 'SIGCONT');

  while ((await fetch(`${url}/readyz`)).status !== 200) await pause(50);
  await plain.reload();
  await plain.waitForURL(at('/settings/profile'));
  await create.click();
  await page.waitForURL(/\/clients\/[0-9a-f-]{36}/);
  expect(await page.getByText('Kept while away').count()).toBeGreaterThan(0);
});

test('a form whose action fails keeps the typed values, and shows the reference of the log', async () => {
  const { url, dataFolder, ready, output } = await aStart();
  await ready;
  const browser = await chromium.launch({
    ...chromiumHere(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  onTestFinished(() => browser.close());
  const pool = connect(urlOf(placeSockets(dataFolder, ownerOf(dataFolder))), { max: 1 });
  onTestFinished(() => pool.end());
  for (const javaScriptEnabled of [true, false]) {
    const page = await (await browser.newContext({ baseURL: url, javaScriptEnabled })).newPage();
    await signUp(page, anAddress(), '/settings/profile');
    await page.getByLabel('Your name').fill('Ada King');
    await wrap(pool).execute(sql`alter table audit_events rename to mislaid`);
    const save = () => page.getByRole('button', { name: /^Save/ }).first().click();
    expect(await sentBy(page, save)).toBe(500);
    const said = await page.getByText('Something went wrong on our side').textContent();
    const [reference = ''] = /[0-9a-f-]{36}/.exec(said ?? '') ?? [];
    expect(
      output()
        .split('\n')
        .some((line) => line.includes(reference) && line.includes('Failed query')),
    ).toBe(true);
    expect(await page.getByLabel('Your name').inputValue()).toBe('Ada King');
    await wrap(pool).execute(sql`alter table mislaid rename to audit_events`);
  }
});
