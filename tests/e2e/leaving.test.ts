import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { anOrganization, anOwner, aPerson } from '#support/actors';
import { expectAccessible } from '#support/app-in-browser';
import { portalUrl } from '#support/browser';
import { aClientRow } from '#support/client-row';
import { portalDb } from '#support/portal-database';
import { browserOf } from '#support/portal-people';

const own = 'com.example.trips:/callback';
const againOf = (page: Page) =>
  page.getByRole('link', { name: 'Open the app again', exact: true, includeHidden: true });
/** Chromium asks whether to open the app in a dialog of its own, which no test can answer and which keeps clicks from the page. */
const follow = (page: Page) => againOf(page).dispatchEvent('click');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** The page that asks for an app whose answers go to `redirectUri`, and every address outside of the web to which the browser was sent. */
async function aQuestion(redirectUri: string, options: Parameters<typeof browserOf>[1] = {}) {
  const { organizationId } = await anOwner(portalDb);
  const clientId = await aClientRow(portalDb, {
    organizationId,
    name: 'Trip planner',
    applicationType: 'native',
    tokenEndpointAuthMethod: 'none',
    grantTypes: ['authorization_code'],
    responseTypes: ['code'],
    scopes: ['openid', 'read'],
    redirectUris: [redirectUri],
  });
  const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
  const { page, context } = await browserOf(person, options);
  const launched: string[] = [];
  const session = await context.newCDPSession(page);
  await session.send('Page.enable');
  session.on('Page.frameRequestedNavigation', ({ url }) => {
    if (!/^https?:/.test(url)) launched.push(url);
  });
  const reopened: (string | undefined)[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('/again')) reopened.push(response.headers().location);
  });
  const parameters = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid read',
    state: randomUUID(),
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  };
  await page.goto(`${portalUrl}/oauth/authorize?${new URLSearchParams(parameters)}`);
  const redeem = async () => {
    const code = new URL(launched[0] ?? '').searchParams.get('code') ?? '';
    const form = {
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      redirect_uri: redirectUri,
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    };
    return (await fetch(`${portalUrl}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) })).status;
  };
  return { page, launched, reopened, redeem };
}

describe.each([
  ['with JavaScript', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
])('an app with a scheme of its own, %s', (_how, options) => {
  test('Allow opens it, and a page says that the tab may be closed; its link opens it again each time it is followed', async () => {
    const { page, launched, reopened, redeem } = await aQuestion(own, options);
    await press(page, 'Allow');
    await page.getByRole('heading', { name: 'You can close this tab' }).waitFor();
    await expect.poll(() => launched.length).toBe(1);
    expect(launched[0]).toMatch(/^com\.example\.trips:\/callback\?code=/);
    for (const times of [1, 2, 3]) {
      await follow(page);
      await expect.poll(() => reopened).toEqual(Array(times).fill(launched[0]));
      expect(await againOf(page).isVisible()).toBe(true);
    }
    expect(await page.getByText('start again from the app').isVisible()).toBe(false);
    expect(await redeem()).toBe(200);
    await follow(page);
    await page.getByText('start again from the app').waitFor();
    expect(await againOf(page).count()).toBe(0);
    expect(reopened.at(-1)).toBeUndefined();
  });

  test('after the code’s lifetime the page says to start again, without the link', async () => {
    const { page, launched } = await aQuestion(own, options);
    await press(page, 'Allow');
    await againOf(page).waitFor();
    await expect.poll(() => launched.length).toBe(1);
    const delays = await page.evaluate(() => document.getAnimations().map((one) => one.effect?.getTiming().delay));
    expect(delays).toEqual([60_000, 60_000]);
    await page.evaluate(() => document.getAnimations().forEach((one) => void one.finish()));
    expect(await page.getByText('start again from the app').isVisible()).toBe(true);
    expect(await againOf(page).isVisible()).toBe(false);
    expect(await page.getByText('open it again').isVisible()).toBe(false);
  });

  test('Cancel ends on the same page; the way back says that the request is over', async () => {
    const { page, launched } = await aQuestion(own, options);
    await press(page, 'Cancel');
    await page.getByRole('heading', { name: 'You can close this tab' }).waitFor();
    await expect.poll(() => launched[0]).toContain('error=access_denied');
    await page.goBack();
    await page.getByText('This request has expired').waitFor();
    expect(launched).toHaveLength(1);
  });
});

test.each([
  ['light', 390],
  ['dark', 1440],
] as const)('the page that says so is readable (%s, %i)', async (colorScheme, width) => {
  const { page } = await aQuestion(own, { colorScheme, viewport: { width, height: 844 } });
  await press(page, 'Allow');
  await page.getByRole('heading', { name: 'You can close this tab' }).waitFor();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('after a website opens an app, the consent page says that the answer was sent, and has no buttons', async () => {
  const { page } = await aQuestion('https://trips.example.com/hop');
  await press(page, 'Allow');
  await page.getByRole('heading', { name: 'Your answer was sent' }).waitFor();
  expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
});
