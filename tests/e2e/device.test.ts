import { eq } from 'drizzle-orm';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { grants } from '#db/schema/grant';
import { cookieNamed } from '#lib/portal/session-cookie';
import { anOrganization, anOwner, aPerson } from '#support/actors';
import { expectAccessible } from '#support/app-in-browser';
import { aBrowser, portalUrl } from '#support/browser';
import { aClientRow } from '#support/client-row';
import { password, send, signUp } from '#support/person-in-browser';
import { portalDb } from '#support/portal-database';
import { browserOf } from '#support/portal-people';
import { sessionCookieOf } from '#support/portal-visit';

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

async function post(path: string, form: Record<string, string>) {
  const answer = await fetch(portalUrl + path, { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, body: await answer.json() };
}

type Values = Partial<Parameters<typeof aClientRow>[1]>;

/** An app on televisions. */
async function aDeviceApp(values: Values = {}) {
  const { organizationId } = await anOwner(portalDb);
  return aClientRow(portalDb, {
    organizationId,
    name: 'Living <Room>',
    clientUri: 'https://tv.example.com/',
    applicationType: 'device',
    tokenEndpointAuthMethod: 'none',
    grantTypes: [grantType],
    scopes: ['openid', 'files:read', 'rooms:read'],
    optionalScopes: ['rooms:read'],
    ...values,
  });
}

/** A television that shows a code, and somebody in front of it. */
async function aScene(values: Values = {}) {
  const home = await anOrganization(portalDb, 'Home');
  const person = await aPerson(portalDb, { roles: { [home.id]: 'viewer' }, name: 'Pat' });
  const clientId = await aDeviceApp(values);
  const device = (await post('/oauth/device', { client_id: clientId, scope: 'openid files:read rooms:read' })).body;
  const poll = () =>
    post('/oauth/token', { client_id: clientId, grant_type: grantType, device_code: device.device_code });
  return { person, clientId, device, poll };
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const isOf = (page: Page, text: string) => page.getByRole('main').getByText(text).waitFor();

describe.each([
  ['with JavaScript', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
])('a device %s', (_how, options) => {
  test('the code is typed, the app and scopes are shown, it is allowed, and the device gets tokens', async () => {
    const { person, device, poll } = await aScene();
    const { page, complaints } = await browserOf(person, options);
    await page.goto('/device');
    await page.getByLabel('Code').fill(device.user_code.toLowerCase().replace('-', ''));
    await button(page, 'Continue').click();
    const main = page.getByRole('main');
    await isOf(page, 'asks for access to your account from a device');
    for (const part of [
      'The device asked from the network that you are using.',
      'Living <Room>',
      'tv.example.com',
      device.user_code,
      'Read your files',
      'Pat',
      'in front of you',
      'Fewer than 10',
    ])
      expect(await main.textContent()).toContain(part);
    await page.getByLabel('See your rooms').check();
    await button(page, 'Allow').click();
    await isOf(page, 'Your device goes on by itself');
    const { status, body } = await poll();
    expect({ status, scope: body.scope }).toEqual({ status: 200, scope: 'openid files:read rooms:read' });
    expect(complaints).toEqual([]);
  });

  test('Cancel before the sign-in informs the device; an invalid code is named', async () => {
    const { device, poll } = await aScene();
    const { page, complaints } = await aBrowser(options);
    await page.goto(device.verification_uri_complete);
    await isOf(page, device.user_code);
    await button(page, 'Cancel').click();
    await isOf(page, 'Nothing was allowed');
    expect((await poll()).body.error).toBe('access_denied');
    await page.goto(device.verification_uri_complete);
    await button(page, 'Cancel').click();
    await isOf(page, 'No device is waiting with this code');
    expect(complaints).toEqual([]);
  });

  test('Allow without a choice among optional scopes shows the page again', async () => {
    const { person, device, poll } = await aScene({ optionalScopes: ['openid', 'files:read', 'rooms:read'] });
    const { page } = await browserOf(person, options);
    await page.goto(device.verification_uri_complete);
    await button(page, 'Allow').click();
    await isOf(page, 'Choose at least one, or cancel.');
    await page.getByLabel('See your rooms').check();
    await button(page, 'Allow').click();
    await isOf(page, 'Your device goes on by itself');
    expect((await poll()).status).toBe(200);
  });

  test('the URL with the code shows the page; Cancel informs the device', async () => {
    const { person, device, poll } = await aScene();
    const { page } = await browserOf(person, options);
    await page.goto(device.verification_uri_complete);
    await button(page, 'Cancel').click();
    await isOf(page, 'Nothing was allowed');
    expect((await poll()).body.error).toBe('access_denied');
    await page.goto(device.verification_uri_complete);
    await isOf(page, 'No device is waiting with this code');
  });
});

describe.each([
  ['with JavaScript', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
])('another language %s', (_how, options) => {
  const italian = (page: Page) => page.getByRole('link', { name: 'Italiano' }).click();

  test('keeps the code of the URL: the page stays, and is answered', async () => {
    const { person, device, poll } = await aScene();
    const { page } = await browserOf(person, options);
    await page.goto(device.verification_uri_complete);
    await italian(page);
    await isOf(page, device.user_code);
    await button(page, 'Consenti').click();
    await isOf(page, 'Accesso consentito');
    expect((await poll()).status).toBe(200);
    await page.getByRole('link', { name: 'Polski' }).click();
    await isOf(page, 'Zezwolono');
  });

  test('keeps an invalid submitted code, with its error', async () => {
    const { person } = await aScene();
    const { page } = await browserOf(person, options);
    await page.goto('/device?user_code=BCDF%26x');
    await italian(page);
    await isOf(page, 'Nessun dispositivo è in attesa con questo codice');
    expect(await page.getByLabel('Codice').inputValue()).toBe('BCDF&x');
  });
});

describe('the page for a device’s code', () => {
  test('a code that is being typed stays in its field in another language, and counts as no attempt', async () => {
    const { person, device } = await aScene();
    const { page } = await browserOf(person);
    await page.goto('/device?user_code=BCDF');
    await page.getByLabel('Code').fill(device.user_code);
    await page.getByRole('link', { name: 'Italiano' }).click();
    await isOf(page, 'Collega un dispositivo');
    expect(await page.getByLabel('Codice').inputValue()).toBe(device.user_code);
    expect(await page.getByText('Nessun dispositivo è in attesa con questo codice').count()).toBe(0);
    await page.getByRole('link', { name: 'Polski' }).click();
    await isOf(page, 'Połącz urządzenie');
    await button(page, 'Dalej').click();
    await isOf(page, device.user_code);
  });

  test('optional scopes are given only if they are checked', async () => {
    const { person, device, poll } = await aScene();
    const { page } = await browserOf(person);
    await page.goto(device.verification_uri_complete);
    await button(page, 'Allow').click();
    await isOf(page, 'Your device goes on by itself');
    expect((await poll()).body.scope).toBe('openid files:read');
  });

  test('an invalid code has an error in its field', async () => {
    const { person } = await aScene();
    const { page } = await browserOf(person);
    await page.goto('/device?user_code=%3Cb%3EAEIO');
    expect(await page.getByLabel('Code').inputValue()).toBe('<b>AEIO');
    await isOf(page, 'No device is waiting with this code');
    await page.locator('input[name=user_code]:focus').waitFor();
    await expectAccessible(page);
  });

  test('speaks the language of the browser, or the one that is chosen, to the end', async () => {
    const { person, device } = await aScene();
    const { page } = await browserOf(person, { locale: 'it-IT' });
    await page.goto('/device');
    await isOf(page, 'Collega un dispositivo');
    await page.getByRole('link', { name: 'Polski' }).click();
    await isOf(page, 'Połącz urządzenie');
    await page.getByLabel('Kod').fill(device.user_code);
    await button(page, 'Dalej').click();
    await button(page, 'Zezwól').click();
    await isOf(page, 'Zezwolono');
    expect(await page.locator('html').getAttribute('lang')).toBe('pl');
  });

  test('an app for members can only be cancelled by others', async () => {
    const { person, device } = await aScene({ openToOtherOrganizations: false });
    const { page } = await browserOf(person);
    await page.goto(device.verification_uri_complete);
    await isOf(page, 'Only members of');
    expect(await page.getByText('If you allow it').count()).toBe(0);
    expect(await button(page, 'Allow').count()).toBe(0);
  });

  test('sends who is not signed in to sign in, and back; and no frame may hold it', async () => {
    const [empty, coded] = await Promise.all(
      ['', '?user_code=BCDF-GHJK'].map((query) => fetch(`${portalUrl}/device${query}`, { redirect: 'manual' })),
    );
    expect([empty?.status, empty?.headers.get('location')]).toEqual([307, expect.stringContaining('/sign-in')]);
    expect(coded?.status).toBe(200);
    expect(await coded?.text()).toContain(encodeURIComponent('/device?user_code=BCDF-GHJK'));
    for (const answer of [empty, coded])
      expect(answer?.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  test.each(['light', 'dark'] as const)(
    'before anybody is signed in it is free of what axe finds, in %s',
    async (colorScheme) => {
      const { device } = await aScene();
      const { page } = await aBrowser({ colorScheme, viewport: { width: 320, height: 640 } });
      await page.goto(device.verification_uri_complete);
      await isOf(page, device.user_code);
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    },
  );

  test.each(['light', 'dark'] as const)('is free of what axe finds, and fits a phone, in %s', async (colorScheme) => {
    const { person, device } = await aScene();
    const { page } = await browserOf(person, { colorScheme, viewport: { width: 320, height: 640 } });
    for (const path of ['/device', device.verification_uri_complete, '/device?done=allowed']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    }
  });
});

/** Somebody's phone, in the dark, with an account that is not signed in there. */
async function aPhone(options: Parameters<typeof aBrowser>[0] = {}) {
  const atHome = await aBrowser();
  const email = await signUp(atHome.page);
  const phone = await aBrowser({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', ...options });
  const signInThere = async () => {
    await phone.page.getByLabel('E-mail address').fill(email);
    await phone.page.getByLabel('Password').fill(password);
    await send(phone.page);
  };
  // axe is a program of the page's: without JavaScript there is none.
  const expectFit = async () => {
    if (options.javaScriptEnabled === false) return;
    await expectAccessible(phone.page);
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  };
  return { ...phone, email, signInThere, expectFit };
}

const aTelevision = () =>
  aDeviceApp({
    scopes: ['openid', 'profile', 'files:read'],
    optionalScopes: [],
    grantTypes: [grantType, 'refresh_token'],
  });

describe.each([
  ['with JavaScript', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
])('an independent device, and a phone %s', (_how, options) => {
  test('openid-client asks; a person types the code, signs in, sees who asks and allows; tokens arrive, are renewed and revoked', async () => {
    const clientId = await aTelevision();
    const config = await client.discovery(new URL(portalUrl), clientId, undefined, client.None(), {
      execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
    });
    const device = await client.initiateDeviceAuthorization(config, { scope: 'openid profile files:read' });
    const polled = client.pollDeviceAuthorizationGrant(config, device);
    const { page, complaints, email, signInThere, expectFit } = await aPhone(options);
    await page.goto(device.verification_uri);
    await signInThere();
    await page.getByLabel('Code').fill(device.user_code);
    await expectFit();
    await button(page, 'Continue').click();
    for (const text of ['Living <Room>', 'tv.example.com', device.user_code, email, 'Read your files'])
      await page.getByRole('main').getByText(text).first().waitFor();
    await expectFit();
    await button(page, 'Allow').click();
    await isOf(page, 'Your device goes on by itself');
    await expectFit();

    const tokens = await polled;
    const sub = tokens.claims()?.sub ?? '';
    expect(await client.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ name: 'Ada Lovelace' });
    const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    await client.fetchUserInfo(config, renewed.access_token, sub);
    await page.goto(`/settings/authorized-apps/${clientId}`);
    await page.getByRole('main').getByText('Living <Room>').first().waitFor();
    await client.tokenRevocation(config, renewed.refresh_token ?? '');
    for (const token of [tokens.access_token, renewed.access_token])
      await expect(client.fetchUserInfo(config, token, sub)).rejects.toMatchObject({ status: 401 });
    expect(complaints).toEqual([]);
  });

  test('oauth4webapi asks; the address with the code in it leads over signing in to the question, and a no arrives', async () => {
    const app: oauth.Client = { client_id: await aTelevision() };
    const insecure = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(portalUrl);
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
    const asked = await oauth.deviceAuthorizationRequest(as, app, oauth.None(), { scope: 'files:read' }, insecure);
    const device = await oauth.processDeviceAuthorizationResponse(as, app, asked);
    const poll = async () =>
      oauth.processDeviceCodeResponse(
        as,
        app,
        await oauth.deviceCodeGrantRequest(as, app, oauth.None(), device.device_code, insecure),
      );
    await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' });
    await expect(poll()).rejects.toMatchObject({ error: 'slow_down' });
    const { page, complaints, signInThere, expectFit } = await aPhone(options);
    await page.goto(device.verification_uri_complete ?? '');
    await page.getByRole('link', { name: 'Sign in', exact: true }).click();
    await signInThere();
    await page.getByRole('main').getByText('Living <Room>').first().waitFor();
    await isOf(page, device.user_code);
    await button(page, 'Cancel').click();
    await isOf(page, 'Nothing was allowed');
    await expectFit();
    await expect(poll()).rejects.toMatchObject({ error: 'access_denied' });
    expect(complaints).toEqual([]);
  });
});

describe('the question that was shown in one browser', () => {
  const anotherPerson = async () => {
    const home = await anOrganization(portalDb, 'Elsewhere');
    return aPerson(portalDb, { roles: { [home.id]: 'viewer' }, name: 'Kim' });
  };
  const grantsOf = ({ actor }: Awaited<ReturnType<typeof anotherPerson>>) =>
    portalDb.select().from(grants).where(eq(grants.userId, actor.userId));
  /** Every field of the page's form as a browser sends it, with the button that was pressed. */
  const formOf = async (page: Page, decision: string) => {
    const fields = await page.locator('main form').evaluate((form) => [...new FormData(form as HTMLFormElement)]);
    return [...fields.map(([name, value]) => [name, String(value)] as const), ['decision', decision] as const];
  };
  const sendFrom = (page: Page, fields: readonly (readonly [string, string])[], at: string) =>
    page.evaluate(
      ({ fields, at }) => {
        const form = document.createElement('form');
        Object.assign(form, { method: 'post', action: at });
        for (const [name, value] of fields) {
          const field = document.createElement('input');
          Object.assign(field, { type: 'hidden', name, value });
          form.append(field);
        }
        document.body.append(form);
        form.submit();
      },
      { fields, at },
    );

  test.each(['allow', 'cancel', ''])(
    'is not answered from a browser where nobody is signed in: %j',
    async (decision) => {
      const { person, device, poll } = await aScene();
      const { page } = await browserOf(person);
      await page.goto(device.verification_uri_complete);
      await isOf(page, device.user_code);
      const { page: foreign } = await aBrowser();
      await foreign.goto('/sign-in');
      await sendFrom(foreign, await formOf(page, decision), '/device/answer');
      await foreign.waitForURL((url) => url.pathname === '/sign-in' && url.searchParams.has('callbackUrl'));
      expect(await grantsOf(person)).toEqual([]);
      await button(page, 'Allow').click();
      await isOf(page, 'Your device goes on by itself');
      expect((await poll()).status).toBe(200);
    },
  );

  test.each(['allow', 'cancel'])('is asked again of who is signed in in another browser: %j', async (decision) => {
    const { person, device, poll } = await aScene();
    const { page } = await browserOf(person);
    await page.goto(device.verification_uri_complete);
    await isOf(page, device.user_code);
    const kim = await anotherPerson();
    const { page: foreign } = await browserOf(kim);
    await foreign.goto('/device');
    await sendFrom(foreign, await formOf(page, decision), '/device/answer');
    await isOf(foreign, 'asks for access to your account from a device');
    expect(await foreign.getByRole('main').textContent()).toContain('Kim');
    expect([await grantsOf(kim), await grantsOf(person)]).toEqual([[], []]);
    await button(page, 'Allow').click();
    await isOf(page, 'Your device goes on by itself');
    expect((await poll()).status).toBe(200);
    expect([(await grantsOf(kim)).length, (await grantsOf(person)).length]).toEqual([0, 1]);
  });

  test.each([
    ['Allow', true],
    ['Allow', false],
    ['Cancel', true],
  ])('is asked again after the account changed in another tab: %s, JavaScript: %s', async (name, javaScriptEnabled) => {
    const { person, device, poll } = await aScene();
    const { context, page } = await browserOf(person, { javaScriptEnabled });
    await page.goto(device.verification_uri_complete);
    await isOf(page, 'Pat');
    const kim = await anotherPerson();
    const value = await sessionCookieOf(kim, kim.actor);
    await context.addCookies([{ name: cookieNamed('session'), value, url: portalUrl }]);
    await button(page, name).click();
    await isOf(page, 'Kim');
    await isOf(page, 'asks for access to your account from a device');
    expect([await grantsOf(kim), await grantsOf(person)]).toEqual([[], []]);
    expect((await poll()).body.error).toBe('authorization_pending');
  });
});
