import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { createClient, findOwnedClient, updateClient } from '#lib/clients/index';
import { createSecret } from '#lib/secrets/index';
import { anOrganization, aPerson } from '#support/actors';
import { portalUrl } from '#support/browser';
import { aGrantRow } from '#support/grants';
import { portalDb } from '#support/portal-database';
import { browserOf } from '#support/portal-people';

const withoutScript = { javaScriptEnabled: false };

/** An organization with an owner, a developer and a viewer, and an app of the developer's. */
async function aScene(metadata: Partial<Parameters<typeof createClient>[1]['metadata']> = {}) {
  const { id: organizationId } = await anOrganization(portalDb, 'Acme Publishing');
  const as = (role: 'owner' | 'developer' | 'viewer', name: string) =>
    aPerson(portalDb, { name, roles: { [organizationId]: role } });
  const [owner, developer, colleague, viewer] = await Promise.all([
    as('owner', 'Ada Owner'),
    as('developer', 'Dan Developer'),
    as('developer', 'Cleo Colleague'),
    as('viewer', 'Vera Viewer'),
  ]);
  const { client } = await createClient(developer, {
    organizationId,
    metadata: { name: 'Blue Reader', redirectUris: ['https://reader.example.com/back'], ...metadata },
  });
  const { clientId } = client;
  const now = () => findOwnedClient(owner, clientId);
  return { owner, developer, colleague, viewer, clientId, now, at: `/clients/${clientId}` };
}

const accessible = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** What the only form with that button would send, to be sent by somebody else. */
async function formWith(page: Page, name: string) {
  const inputs = await button(page, name).locator('xpath=ancestor::form').locator('input[type=hidden]').all();
  const pairs = inputs.map(async (input) => [await input.getAttribute('name'), await input.inputValue()] as const);
  return Object.fromEntries(await Promise.all(pairs)) as Record<string, string>;
}

describe.each([
  ['with JavaScript', {}],
  ['without JavaScript', withoutScript],
])('the danger zone %s', (_how, options) => {
  test('switches off and on again', async () => {
    const { developer, at, now } = await aScene();
    const { page } = await browserOf(developer, options);
    await page.goto(`${at}/danger`);
    await button(page, 'Switch off').click();
    await page.getByText('The app is switched off').waitFor();
    expect((await now())?.status).toBe('disabled');
    await button(page, 'Switch on').click();
    await page.getByText('The app is switched on').waitFor();
    expect((await now())?.status).toBe('active');
  });

  test('deletes only with the typed name, and the list confirms it', async () => {
    const { developer, owner, viewer, clientId, at, now } = await aScene({ name: 'Café <Reader>' });
    const { page } = await browserOf(developer, options);
    await page.goto(`${at}/danger`);
    await page.getByText('Nobody has allowed it to use their account.').waitFor();
    for (const { actor } of [owner, viewer]) await aGrantRow(portalDb, { userId: actor.userId, clientId });
    await page.goto(`${at}/danger`);
    await page.getByText('2 people allowed it to use their accounts; that access ends.').waitFor();
    await page.getByText('1 live secret, refused').waitFor();
    await page.getByText('by Dan Developer').waitFor();
    const name = page.getByLabel('to delete it');
    await name.fill('Café Reader');
    await button(page, 'Delete this app').click();
    await page.getByText('This is not the app’s name').first().waitFor();
    expect(await name.inputValue()).toBe('Café Reader');
    expect(await now()).toBeDefined();
    await name.fill(' Cafe\u0301 <Reader> ');
    await button(page, 'Delete this app').click();
    await page.getByText('The app was deleted').waitFor();
    expect(new URL(page.url()).pathname).toBe('/clients');
    expect(await now()).toBeUndefined();
    expect((await page.goto(`${at}/danger`))?.status()).toBe(404);
  });
});

describe('the danger zone', () => {
  test('is not available to a viewer', async () => {
    const { developer, viewer, at, now } = await aScene();
    const { page } = await browserOf(developer, withoutScript);
    await page.goto(`${at}/danger`);
    const [disable, remove] = [await formWith(page, 'Switch off'), await formWith(page, 'Delete this app')];
    const { page: theirs, context } = await browserOf(viewer);
    expect((await theirs.goto(`${at}/danger`))?.status()).toBe(403);
    for (const multipart of [disable, { ...remove, name: 'Blue Reader' }]) {
      await context.request.post(`${at}/danger`, { multipart, headers: { origin: portalUrl } });
      expect((await now())?.status).toBe('active');
    }
  });

  test('lets a manager disable and not delete', async () => {
    const { developer, colleague, at, now } = await aScene();
    const { page: creators } = await browserOf(developer, withoutScript);
    await creators.goto(`${at}/team`);
    await creators.getByLabel('Developer').selectOption({ label: 'Cleo Colleague' });
    await button(creators, 'Add').click();
    await creators.goto(`${at}/danger`);
    const remove = await formWith(creators, 'Delete this app');
    const { page, context } = await browserOf(colleague);
    await page.goto(`${at}/danger`);
    expect(await button(page, 'Delete this app').count()).toBe(0);
    const multipart = { ...remove, name: 'Blue Reader' };
    const answer = await context.request.post(`${at}/danger`, { multipart, headers: { origin: portalUrl } });
    expect(await answer.text()).toContain('Your role does not let you delete this client');
    expect(await now()).toBeDefined();
  });
});

describe('the team', () => {
  test.each([
    ['with JavaScript', {}],
    ['without JavaScript', withoutScript],
  ])('shows who may edit; its creator adds and removes a manager, %s', async (_how, options) => {
    const { developer, colleague, at } = await aScene();
    const { page } = await browserOf(developer, options);
    await page.goto(`${at}/team`);
    expect(await page.getByRole('row').allTextContents()).toEqual([
      expect.stringContaining('Name'),
      expect.stringMatching(/Ada Owner[\s\S]*Owner of the organization/),
      expect.stringMatching(/Dan Developer[\s\S]*Created it/),
    ]);
    expect(await page.getByLabel('Developer').locator('option').allTextContents()).toEqual(['Cleo Colleague']);
    await button(page, 'Add').click();
    await button(page, 'Remove Cleo Colleague').waitFor();
    expect((await findOwnedClient(colleague, at.slice(9)))?.may).toMatchObject({ edit: true, remove: false });
    await button(page, 'Remove Cleo Colleague').click();
    await page.getByRole('row', { name: 'Cleo Colleague' }).waitFor({ state: 'detached' });
    expect((await findOwnedClient(colleague, at.slice(9)))?.may.edit).toBe(false);
  });

  test('is chosen by its creator, owners and admins only', async () => {
    const { owner, colleague, viewer, at } = await aScene();
    const { page: owners } = await browserOf(owner, withoutScript);
    await owners.goto(`${at}/team`);
    const add = await formWith(owners, 'Add');
    for (const someone of [colleague, viewer]) {
      const { page, context } = await browserOf(someone);
      await page.goto(`${at}/team`);
      expect(await button(page, 'Add').count()).toBe(0);
      const multipart = { ...add, userId: someone.actor.userId };
      await context.request.post(`${at}/team`, { multipart, headers: { origin: portalUrl } });
      expect((await findOwnedClient(someone, at.slice(9)))?.may.edit).toBe(false);
    }
  });
});

describe('the history', () => {
  test('shows each change before and after, by whom, newest first', async () => {
    const { developer, owner, viewer, clientId, at } = await aScene({ scopes: ['openid', 'files:read'] });
    await createSecret(owner, clientId, { name: 'Nightly job' });
    await updateClient(owner, clientId, {
      name: 'Red Reader',
      scopes: ['openid', 'files:write'],
      accessTokenLifetimeSeconds: 7200,
    });
    const { page } = await browserOf(developer);
    await page.goto(`${at}/history`);
    const latest = page.locator('main li').first();
    expect(await latest.getByRole('heading').textContent()).toBe('Changed name, permissions, access token lifetime');
    const text = await latest.textContent();
    expect(text).toContain('Ada Owner · This portal');
    expect(text).toMatch(/Name−Before: Blue Reader\+After: Red Reader/);
    expect(text).toMatch(/Permissions−Before: files:read\+After: files:write/);
    expect(text).toMatch(/Access token lifetime−Before: 1 hour\+After: 2 hours/);
    expect(await page.locator('main li').last().getByRole('heading').textContent()).toBe('Registered the app');
    expect(await page.content()).not.toContain('clt_cs_');
    const { page: viewers } = await browserOf(viewer);
    await viewers.goto(`${at}/history`);
    await viewers.getByRole('heading', { name: 'Created a secret' }).waitFor();
    expect(await viewers.content()).not.toContain('Nightly job');
  });

  test('is paged, and accepts any URL', async () => {
    const { developer, clientId, at } = await aScene();
    for (let minutes = 1; minutes <= 21; minutes++)
      await updateClient(developer, clientId, { accessTokenLifetimeSeconds: minutes * 60 });
    const { page } = await browserOf(developer, withoutScript);
    await page.goto(`${at}/history`);
    expect(await page.locator('main ol > li').count()).toBe(20);
    await page.getByRole('link', { name: 'Older' }).click();
    await page.getByRole('heading', { name: 'Registered the app' }).waitFor();
    expect(await page.locator('main ol > li').count()).toBe(2);
    expect(await page.getByRole('link', { name: 'Older' }).count()).toBe(0);
    for (const place of ['0', '-1', 'x', '99999999999999999999', '1', '1&before=2'])
      expect((await page.goto(`${at}/history?before=${place}`))?.status(), place).toBe(200);
    await page.goto(`${at}/history?before=1`);
    await page.getByText('Nothing older').waitFor();
  });
});

describe('permissions', () => {
  test('are found, ticked and saved; writing without reading is pointed out', async () => {
    const { developer, at, now } = await aScene({ scopes: ['rooms:read', 'openid'] });
    const { page, complaints } = await browserOf(developer);
    await page.goto(`${at}/permissions`);
    const filter = page.getByLabel('Filter');
    await filter.fill('files change');
    await page.getByText('1 shown.').waitFor();
    expect(await page.getByLabel(/^Sign you in/).isVisible()).toBe(false);
    await page.getByRole('checkbox', { name: /^Change your files/ }).check();
    await filter.press('Enter');
    await filter.fill('');
    await button(page, 'Ask to read too in files').click();
    expect(await page.getByRole('checkbox', { name: /^Read your files/ }).isChecked()).toBe(true);
    await page.getByText('4 chosen.').waitFor();
    await button(page, 'Save').click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect((await now())?.scopes).toEqual(['rooms:read', 'openid', 'files:read', 'files:write']);
    expect(complaints).toEqual([]);
  });

  test('are saved without JavaScript; an outdated form shows both sides', async () => {
    const { developer, owner, clientId, at, now } = await aScene({ scopes: ['openid'] });
    const { page } = await browserOf(developer, withoutScript);
    await page.goto(`${at}/permissions`);
    expect(await page.getByLabel('Filter').isVisible()).toBe(false);
    await updateClient(owner, clientId, { scopes: ['openid', 'email'] });
    await page.getByRole('checkbox', { name: /^See your rooms/ }).check();
    await button(page, 'Save').click();
    const alert = page.locator('main [role=alert]');
    expect(await alert.textContent()).toMatch(/Ada Owner.*See your rooms.*See your e-mail address/s);
    expect(await page.getByRole('checkbox', { name: /^See your rooms/ }).isChecked()).toBe(true);
    expect((await now())?.scopes).toEqual(['openid', 'email']);
    await button(page, 'Replace with my changes').click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect((await now())?.scopes).toEqual(['openid', 'rooms:read']);
  });

  test.each([
    ['with JavaScript', {}],
    ['without JavaScript', withoutScript],
  ])('may be marked as optional, %s', async (_how, options) => {
    const { developer, viewer, at, now } = await aScene({
      scopes: ['openid', 'email', 'rooms:read'],
      optionalScopes: ['rooms:read'],
    });
    const { page } = await browserOf(developer, options);
    await page.goto(`${at}/permissions`);
    const box = (name: string) => page.getByRole('checkbox', { name });
    expect(await box('Optional (Sign you in)').count()).toBe(0);
    expect(await box('Optional (Change your files)').count()).toBe(0);
    await box('Optional (See your e-mail address)').check();
    await page.getByRole('checkbox', { name: /^Change your files/ }).check();
    await box('Optional (Change your files)').check();
    // What is not asked for any more cannot be declined either, though its box is still ticked.
    await page.getByRole('checkbox', { name: /^See your rooms/ }).uncheck();
    if (options !== withoutScript) await accessible(page);
    await button(page, 'Save').click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect(await now()).toMatchObject({
      scopes: ['openid', 'email', 'files:write'],
      optionalScopes: ['email', 'files:write'],
    });
    const { page: theirs } = await browserOf(viewer, options);
    await theirs.goto(`${at}/permissions`);
    const marked = theirs.getByRole('listitem').filter({ hasText: 'Optional' });
    expect(await marked.count()).toBe(2);
    await theirs.goto(`${at}/history`);
    await theirs.getByText('Permissions that people may decline').first().waitFor();
  });

  test('cannot be changed by a viewer', async () => {
    const { developer, viewer, at, now } = await aScene({ scopes: ['openid', 'files:read'] });
    const { page } = await browserOf(developer, withoutScript);
    await page.goto(`${at}/permissions`);
    const save = await formWith(page, 'Save');
    const { page: theirs, context } = await browserOf(viewer);
    await theirs.goto(`${at}/permissions`);
    await theirs.getByText('Read your files').waitFor();
    expect(await theirs.locator('main input, main form').count()).toBe(0);
    const multipart = { ...save, scopes: 'admin' };
    const answer = await context.request.post(`${at}/permissions`, { multipart, headers: { origin: portalUrl } });
    expect(answer.status()).toBe(200);
    expect((await now())?.scopes).toEqual(['openid', 'files:read']);
  });
});

describe('branding', () => {
  const anImage = (side = 64) =>
    sharp({ create: { width: side, height: side, channels: 3, background: '#0a6a63' } })
      .png()
      .toBuffer();
  const file = (buffer: Buffer, name = 'logo.png') => ({ name, mimeType: 'image/png', buffer });

  test('keeps what was typed and the file that was chosen when something is wrong, and says it beside the field', async () => {
    const { developer, at, now } = await aScene();
    const { page, complaints } = await browserOf(developer);
    await page.goto(`${at}/branding`);
    await page.getByLabel('Description').fill('Reads blue things.');
    await page.getByLabel('Website').fill('javascript:alert(1)');
    await page.getByLabel('Logo').setInputFiles(file(await anImage()));
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByText('Reads blue things.').waitFor();
    expect(await preview.locator('img').getAttribute('src')).toMatch(/^blob:/);
    await button(page, 'Save').click();
    await page.getByText('Nothing was saved').waitFor();
    expect(await page.getByLabel('Website').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Description').inputValue()).toBe('Reads blue things.');
    await page.getByLabel('Website').fill('https://reader.example.com/');
    await page.getByLabel('Contact 1').fill('help@example.com');
    await button(page, 'Save').click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect(await now()).toMatchObject({
      description: 'Reads blue things.',
      clientUri: 'https://reader.example.com/',
      contacts: ['help@example.com'],
      logoHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const kept = await preview.locator('img').getAttribute('src');
    expect(kept).toBe(`/logos/${(await now())?.logoHash}.png`);
    expect((await page.request.get(`${kept}`)).headers()['content-type']).toBe('image/png');
    await page.getByLabel('Remove the logo').check();
    await preview.getByText('BR', { exact: true }).waitFor();
    await button(page, 'Save').click();
    await page.getByLabel('Remove the logo').waitFor({ state: 'detached' });
    expect((await now())?.logoHash).toBeNull();
    expect(complaints).toEqual([]);
  });

  test('refuses what is no image, and what is too big before it is sent', async () => {
    const { developer, at, now } = await aScene();
    const { page } = await browserOf(developer);
    await page.goto(`${at}/branding`);
    const logo = page.getByLabel('Logo');
    await logo.setInputFiles(file(Buffer.alloc(5 * 1024 * 1024), 'huge.png'));
    await page.getByText('huge.png has 5.0 MiB').waitFor();
    expect(await logo.inputValue()).toBe('');
    await logo.setInputFiles(file(Buffer.from('<html>no image'), 'logo.png'));
    await button(page, 'Save').click();
    await page.getByText('must be a PNG, JPEG, WebP, GIF or SVG image').first().waitFor();
    expect(await logo.getAttribute('aria-invalid')).toBe('true');
    expect((await now())?.logoHash).toBeNull();
  });

  test('without JavaScript every wrong field is told at once, the logo and its size among them', async () => {
    const { developer, at, now } = await aScene();
    const { page } = await browserOf(developer, withoutScript);
    await page.goto(`${at}/branding`);
    await page.getByLabel('Description').fill('Reads\nblue things.');
    await page.getByLabel('Privacy policy').fill('ftp://example.com');
    await page.getByLabel('Contact 1').fill('nobody');
    await page.getByLabel('Logo').setInputFiles(file(Buffer.alloc(1.5 * 1024 * 1024)));
    await button(page, 'Save').click();
    const told = page.getByText('Nothing was saved').locator('..');
    expect(await told.textContent()).toMatch(/at most 1 MiB/);
    expect(await told.textContent()).toMatch(/e-mail address/);
    expect(await page.getByLabel('Privacy policy').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Logo').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Description').inputValue()).toBe('Reads\nblue things.');
    expect(await page.getByLabel('Contact 1').inputValue()).toBe('nobody');
    await page.getByLabel('Privacy policy').fill('https://reader.example.com/privacy');
    await page.getByLabel('Contact 1').fill('');
    await page.getByLabel('Logo').setInputFiles(file(await anImage()));
    await button(page, 'Save').click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect((await now())?.logoHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a new logo survives a conflict', async () => {
    const { developer, owner, clientId, at, now } = await aScene();
    const { page } = await browserOf(developer);
    await page.goto(`${at}/branding`);
    await updateClient(owner, clientId, { name: 'Red Reader' });
    await page.getByLabel('Logo').setInputFiles(file(await anImage()));
    await button(page, 'Save').click();
    await page.getByText('The image that you chose').waitFor();
    await button(page, 'Replace with my changes').click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect(await now()).toMatchObject({ name: 'Red Reader', logoHash: expect.any(String) });
  });
});

describe('every section', () => {
  test.each(['light', 'dark'] as const)(
    'is free of what axe finds, and fits a phone, in %s',
    async (colorScheme) => {
      const { developer, viewer, at } = await aScene({ scopes: ['files:write'] });
      for (const someone of [developer, viewer]) {
        const { page } = await browserOf(someone, { colorScheme, viewport: { width: 390, height: 844 } });
        const sections = ['permissions', 'branding', 'history', 'team', ...(someone === developer ? ['danger'] : [])];
        for (const section of sections) {
          await page.goto(`${at}/${section}`);
          await accessible(page);
          expect(await page.evaluate(() => document.documentElement.scrollWidth), section).toBeLessThanOrEqual(390);
        }
      }
    },
    120_000,
  );

  test('is not found for strangers, and redirects to the sign-in page without a session', async () => {
    const { at } = await aScene();
    const { developer: stranger } = await aScene();
    const { page, context } = await browserOf(stranger);
    for (const section of ['permissions', 'branding', 'history', 'team', 'danger'])
      expect((await page.goto(`${at}/${section}`))?.status(), section).toBe(404);
    await context.clearCookies();
    await page.goto(`${at}/team`);
    expect(new URL(page.url()).searchParams.get('callbackUrl')).toBe(`${at}/team`);
  });
});
