import { eq } from 'drizzle-orm';
import * as client from 'openid-client';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { organizations } from '#db/schema/organization';
import { scopes } from '#db/schema/scope';
import { createSecret } from '#lib/secrets/index';
import { anOrganization, anOwner, aPerson } from '#support/actors';
import { expectAccessible } from '#support/app-in-browser';
import { aBrowser, portalUrl } from '#support/browser';
import { aClientRow } from '#support/client-row';
import { aGrantRow } from '#support/grants';
import { password, signUp } from '#support/person-in-browser';
import { portalDb } from '#support/portal-database';
import { browserOf } from '#support/portal-people';

const callback = 'https://trips.example.com/oauth/callback';

/** An app as its developer registered it, and openid-client configured for it by discovery alone. */
async function aRelyingParty(values: Partial<Parameters<typeof aClientRow>[1]> = {}) {
  const { owner, organizationId } = await anOwner(portalDb);
  const clientId = await aClientRow(portalDb, {
    organizationId,
    name: 'Trip <planner>',
    grantTypes: ['authorization_code', 'refresh_token'],
    responseTypes: ['code'],
    scopes: ['openid', 'profile', 'email', 'offline_access', 'read', 'write'],
    optionalScopes: ['write'],
    redirectUris: [callback],
    postLogoutRedirectUris: ['https://trips.example.com/bye'],
    policyUri: 'https://trips.example.com/privacy',
    ...values,
  });
  const { value } = await createSecret(owner, clientId, { name: 'CI' });
  const config = await client.discovery(new URL(portalUrl), clientId, value ?? undefined, undefined, {
    execute: [client.allowInsecureRequests],
  });
  return { clientId, organizationId, config };
}

/** What the app sends the browser to, and what it keeps to check the answer. */
async function aRequest(config: client.Configuration, scope = 'openid profile email read write', to = callback) {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: to,
    scope,
    state,
    ...(scope.split(' ').includes('openid') && { nonce }),
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const redeem = (answer: URL) =>
    client.authorizationCodeGrant(config, answer, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    });
  return { url: url.href, redeem };
}

/** Where the browser stands once it is at the app's own site. */
const arrived = async (page: Page) => {
  await page.waitForURL(/^https:\/\/trips\.example\.com\//);
  return new URL(page.url());
};
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

describe('an independent relying party (openid-client), in a browser', () => {
  test('sign up, consent, code, tokens, userinfo, refresh, revoke, sign out', async () => {
    const { config, clientId } = await aRelyingParty();
    const { url, redeem } = await aRequest(config);
    const { page, complaints } = await aBrowser();
    await page.goto(url);
    await page.getByRole('link', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'Create one' }).click();
    await page.getByLabel('Your name').fill('Ada Lovelace');
    const email = `ada-${crypto.randomUUID()}@example.com`;
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.locator('main button[type=submit]').first().click();

    await page.getByText('asks for access to your account').waitFor();
    const main = page.getByRole('main');
    const said = ['Trip <planner>', 'trips.example.com', 'Unverified app.', email, 'Read your data'];
    for (const text of [...said, 'Fewer than 10']) await main.getByText(text).first().waitFor();
    await main.getByText('Stay connected').waitFor();
    await main.getByText('It keeps this access until you sign out here.').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Change your data').check();
    await press(page, 'Allow');
    const tokens = await redeem(await arrived(page));
    expect(tokens.scope?.split(' ').sort()).toEqual(['email', 'openid', 'profile', 'read', 'write']);
    const sub = tokens.claims()?.sub ?? '';
    expect(await client.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ name: 'Ada Lovelace', email });

    const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect((await client.tokenIntrospection(config, renewed.access_token)).active).toBe(true);
    await client.tokenRevocation(config, renewed.access_token);
    expect((await client.tokenIntrospection(config, renewed.access_token)).active).toBe(false);

    await page.goto(`${portalUrl}/settings/authorized-apps/${clientId}`);
    await page.getByRole('main').getByText('Trip <planner>').first().waitFor();

    const out = client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'https://trips.example.com/bye',
    });
    await page.goto(`${portalUrl}/oauth/end-session?${new URLSearchParams({ client_id: clientId })}`);
    await page.getByText('An app or a link asks').waitFor();
    expect(await page.getByRole('main').textContent()).not.toContain('Trip <planner>');
    await page.goto(out.href);
    await page.getByText('Trip <planner> asks whether you want to sign out here as well.').waitFor();
    await page.getByText('Afterwards you go to trips.example.com.').waitFor();
    await expectAccessible(page);
    await press(page, 'Sign out here');
    expect((await arrived(page)).pathname).toBe('/bye');
    await page.goto(`${portalUrl}/settings/profile`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    expect(complaints).toEqual([]);
  });

  test.each([
    ['en', 'Sign out here', 'is not registered for the app'],
    ['it', 'Esci da qui', 'non corrisponde a come l’app è registrata'],
    ['pl', 'Wyloguj tutaj', 'nie zgadza się z rejestracją aplikacji'],
  ])(
    'in %s, a person whose app sends them to sign out with something wrong can sign out all the same',
    async (lang, leave, why) => {
      const { clientId } = await aRelyingParty();
      const { page } = await browserOf(await aPerson(portalDb), {
        locale: lang,
        viewport: { width: 390, height: 844 },
      });
      const wrong = {
        client_id: clientId,
        post_logout_redirect_uri: 'https://evil.example.com/',
        id_token_hint: 'none',
      };
      await page.goto(`/oauth/end-session?${new URLSearchParams(wrong)}`);
      await page.getByText(why).waitFor();
      await expectAccessible(page);
      await press(page, leave);
      await page.waitForURL((url) => url.pathname === '/oauth/end-session/answer');
      await page.goto('/settings/profile');
      expect(new URL(page.url()).pathname).toBe('/sign-in');
    },
  );

  test('without JavaScript, in dark, on a phone; Cancel and Allow have equal weight', async () => {
    const { config } = await aRelyingParty();
    const { url, redeem } = await aRequest(config);
    const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
    const { page } = await browserOf(person, {
      javaScriptEnabled: false,
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    await page.goto(url);
    const boxes = await Promise.all(
      ['Allow', 'Cancel'].map((name) => page.getByRole('button', { name, exact: true }).boundingBox()),
    );
    expect(boxes[0]?.width).toBe(boxes[1]?.width);
    expect((boxes[0]?.y ?? 0) + (boxes[0]?.height ?? 0)).toBeLessThanOrEqual(844);
    await press(page, 'Cancel');
    await expect(redeem(await arrived(page))).rejects.toMatchObject({ error: 'access_denied' });
  });

  test('a second visit is not asked; more scopes are', async () => {
    const { config, clientId } = await aRelyingParty();
    for (let others = 0; others < 21; others++)
      await aGrantRow(portalDb, { clientId, userId: (await aPerson(portalDb)).actor.userId });
    const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
    const { page } = await browserOf(person);
    const first = await aRequest(config, 'openid read');
    await page.goto(first.url);
    await page.getByText('At least 20').waitFor();
    await press(page, 'Allow');
    await first.redeem(await arrived(page));
    const second = await aRequest(config, 'openid read');
    // By the browser's own cookies, but not to the app's site, which is none.
    const silent = await page.request.get(second.url, { maxRedirects: 0 });
    await second.redeem(new URL(silent.headers().location ?? ''));
    await page.goto((await aRequest(config, 'openid profile read')).url);
    const listed = page.getByRole('region', { name: 'It will be able to' }).getByRole('listitem');
    expect(await listed.first().textContent()).toContain('See your name');
    expect(await listed.last().textContent()).toContain('You allowed this before');
  });
});

describe('the page that asks', () => {
  test.each([
    ['en', 'Unverified app.', 'A program on this device', 'It is new here', '2 permissions, none far-reaching'],
    [
      'it',
      'App non verificata.',
      'Un programma su questo dispositivo',
      'È nuova qui',
      '2 permessi, nessuno di ampia portata',
    ],
    [
      'pl',
      'Aplikacja niezweryfikowana.',
      'Program na tym urządzeniu',
      'Jest tu nowa',
      '2 uprawnienia, żadnych daleko idących',
    ],
  ])(
    '%s: one warning about an unverified app; one click shows the other facts',
    async (locale, unverified, onDevice, isNew, inNumbers) => {
      const loopback = 'http://127.0.0.1/callback';
      const before = new Date('2024-01-01');
      const person = await aPerson(portalDb, {
        roles: { [(await anOrganization(portalDb, 'Lighthouse')).id]: 'viewer' },
      });
      const { page } = await browserOf(person, { locale });
      for (const createdAt of [new Date(), before]) {
        const { config } = await aRelyingParty({ redirectUris: [loopback], createdAt });
        await page.goto((await aRequest(config, 'openid read', loopback)).url);
        const main = page.getByRole('main');
        const text = (await main.textContent()) ?? '';
        for (const part of [unverified, onDevice, inNumbers, 'Acme', person.actor.userId]) expect(text).toContain(part);
        // The organization is spoken of only where there is a choice.
        expect(text).not.toContain('Lighthouse');
        expect(text.includes(isNew)).toBe(createdAt !== before);
        if (createdAt === before) continue;
        expect(await main.getByText(isNew).isVisible()).toBe(false);
        await main.locator('summary').first().click();
        expect(await main.getByText(isNew).isVisible()).toBe(true);
      }
    },
  );

  test.each([
    [390, 844],
    [1440, 900],
  ])('at %i×%i the number of permissions is visible above the answers from the start', async (width, height) => {
    const all = (await portalDb.select({ name: scopes.name }).from(scopes)).map(({ name }) => name);
    const { config } = await aRelyingParty({ scopes: ['openid', ...all], optionalScopes: [] });
    const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
    const { page } = await browserOf(person, { viewport: { width, height } });
    await page.goto((await aRequest(config, all.join(' '))).url);
    const line = page.getByText(/^\d+ permissions, \d+ far-reaching$/);
    const boxes = await Promise.all(
      [line, page.getByRole('button', { name: 'Allow', exact: true })].map((one) => one.boundingBox()),
    );
    const [above, allow] = boxes.map((box) => ({ top: box?.y ?? -1, bottom: (box?.y ?? 0) + (box?.height ?? 0) }));
    expect(above?.top).toBeGreaterThan(0);
    expect(above?.bottom).toBeLessThanOrEqual(allow?.top ?? 0);
    expect(allow?.bottom).toBeLessThanOrEqual(height);
    const listed = await page.getByRole('region', { name: 'It will be able to' }).getByRole('listitem').count();
    const far = await page
      .getByRole('region', { name: 'It will be able to' })
      .getByText('Far-reaching', { exact: true })
      .count();
    expect(await line.textContent()).toBe(`${listed} permissions, ${far} far-reaching`);
    await expectAccessible(page);
  });

  test('with the longest names, too, the line and both answers are in view from the start, and no box to tick lies over them', async () => {
    const host = `${'long-name-of-a-host.'.repeat(9)}trips.example.com`;
    const name = 'W'.repeat(256);
    const { config, organizationId } = await aRelyingParty({
      name,
      redirectUris: [`https://${host}/cb`],
      optionalScopes: ['read', 'write'],
    });
    await portalDb
      .update(organizations)
      .set({ name: 'Verlag '.repeat(14) })
      .where(eq(organizations.id, organizationId));
    const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
    const { page } = await browserOf(person, { viewport: { width: 390, height: 664 } });
    await page.goto((await aRequest(config, 'read write', `https://${host}/cb`)).url);
    const inView = async (name: string) => {
      const box = await page.getByRole('button', { name, exact: true }).boundingBox();
      expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThanOrEqual(664);
    };
    for (const answer of ['Cancel', 'Allow']) await inView(answer);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    // Wherever the page stands, what is pressed at the bar is the bar.
    for (let down = 0; down < 1200; down += 40) {
      await page.evaluate((top) => scrollTo(0, top), down);
      const covered = await page.evaluate(() => {
        const bar = document.querySelector('.answer-bar');
        const { left, right, top, bottom } = bar?.getBoundingClientRect() ?? new DOMRect();
        const points = [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => top + part * (bottom - top));
        return points.some((y) =>
          [left + 25, (left + right) / 2].some((x) => !bar?.contains(document.elementFromPoint(x, y))),
        );
      });
      expect([down, covered]).toEqual([down, false]);
    }
  });

  test('a person in several organizations chooses for which one', async () => {
    const roles = {
      [(await anOrganization(portalDb, 'Lighthouse')).id]: 'viewer',
      [(await anOrganization(portalDb, 'Harbour')).id]: 'viewer',
    } as const;
    const { config } = await aRelyingParty();
    const { page } = await browserOf(await aPerson(portalDb, { roles }));
    await page.goto((await aRequest(config)).url);
    await page.getByLabel('Access to').selectOption('Harbour');
  });

  test.each([
    ['with JavaScript', {}],
    ['without JavaScript', { javaScriptEnabled: false }],
  ])(
    '%s: Allow without a choice among optional scopes shows the page again; one choice is enough',
    async (_how, options) => {
      const { config } = await aRelyingParty({ optionalScopes: ['read', 'write'] });
      const { url } = await aRequest(config, 'read write');
      const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
      const { page } = await browserOf(person, options);
      await page.goto(url);
      await press(page, 'Allow');
      await page.getByRole('main').getByText('Choose at least one, or cancel.').waitFor();
      await page.getByLabel('Read your data').check();
      await press(page, 'Allow');
      const answer = await arrived(page);
      expect(answer.searchParams.get('error')).toBeNull();
      expect(answer.searchParams.get('code')).toBeTruthy();
    },
  );

  test.each([
    ['with JavaScript', {}],
    ['without JavaScript', { javaScriptEnabled: false }],
  ])('%s: Cancel before the sign-in, and the app is informed', async (_how, options) => {
    const { config } = await aRelyingParty();
    const { url, redeem } = await aRequest(config);
    const { page } = await aBrowser(options);
    await page.goto(url);
    if (!('javaScriptEnabled' in options)) await expectAccessible(page);
    await press(page, 'Cancel');
    await expect(redeem(await arrived(page))).rejects.toMatchObject({ error: 'access_denied' });
  });

  test.each([
    ['en', 'Sign in', 'Unverified', 'Sends you to'],
    ['it', 'Accedi', 'Non verificata', 'Ti porta a'],
    ['pl', 'Zaloguj się', 'Niezweryfikowana', 'Przenosi do'],
  ])(
    'in %s, the sign-in and sign-up pages show the app with its standing',
    async (locale, signIn, standing, leadsTo) => {
      const { config } = await aRelyingParty();
      const { page } = await aBrowser({ locale, viewport: { width: 390, height: 844 } });
      await page.goto((await aRequest(config)).url);
      await page.getByRole('main').getByText(standing, { exact: true }).waitFor();
      await page.getByRole('link', { name: signIn, exact: true }).click();
      for (const heading of ['Sign in', 'Create an account']) {
        await page.getByRole('heading', { name: heading, exact: true }).waitFor();
        const who = page.locator(`section[lang=${locale}]`);
        for (const said of ['Trip <planner>', standing, leadsTo, 'trips.example.com'])
          await who
            .getByText(said, { exact: said === standing })
            .first()
            .waitFor();
        await expectAccessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
        if (heading === 'Sign in') await page.getByRole('link', { name: 'Create one' }).click();
      }
      await page.goto('/sign-in?callbackUrl=/clients');
      await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
      expect(await page.getByText(standing, { exact: true }).count()).toBe(0);
    },
  );

  test('by keyboard alone: an optional scope is chosen and allowed', async () => {
    const { config } = await aRelyingParty();
    const { url, redeem } = await aRequest(config);
    const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
    const { page } = await browserOf(person);
    await page.goto(url);
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute('name') ?? document.activeElement?.textContent);
    const tabTo = async (wanted: (name: string) => boolean) => {
      const passed: string[] = [];
      while (!wanted(passed.at(-1) ?? '') && passed.length < 30) {
        await page.keyboard.press('Tab');
        passed.push((await focused()) ?? '');
      }
      expect(wanted(passed.at(-1) ?? ''), passed.join(' → ')).toBe(true);
    };
    await tabTo((name) => name === 'scope write');
    await page.keyboard.press('Space');
    // No answer comes before what is asked has been passed; then Cancel, then Allow.
    await tabTo((name) => name === 'decision');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Allow');
    await page.keyboard.press('Enter');
    expect((await redeem(await arrived(page))).scope?.split(' ')).toContain('write');
  });
});

describe('an answer that is posted to the app', () => {
  const aPosting = async (options: Parameters<typeof browserOf>[1]) => {
    const { config } = await aRelyingParty();
    const { url } = await aRequest(config);
    const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
    const { page, complaints } = await browserOf(person, options);
    await page.goto(`${url}&response_mode=form_post`);
    await page.getByRole('link', { name: 'Italiano' }).click();
    await press(page, 'Consenti');
    return { page, complaints };
  };

  test('goes there by itself', async () => {
    const { page, complaints } = await aPosting({});
    expect((await arrived(page)).pathname).toBe('/oauth/callback');
    expect(complaints).toEqual([]);
  });

  test('without JavaScript goes by a button, in the language that was chosen', async () => {
    const { page, complaints } = await aPosting({ javaScriptEnabled: false, colorScheme: 'dark' });
    await page.getByRole('heading', { level: 1, name: 'Ritorno all’app' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('it');
    // Its style is as its policy has it.
    const button = page.getByRole('button', { name: 'Torna all’app' });
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    expect(complaints).toEqual([]);
    await button.click();
    expect((await arrived(page)).pathname).toBe('/oauth/callback');
  });
});

test('every control is large enough for a finger', async () => {
  const { config } = await aRelyingParty();
  const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
  const { page } = await browserOf(person, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  await page.goto((await aRequest(config)).url);
  const main = page.getByRole('main');
  const pressed = [...(await main.getByRole('link').all()), ...(await main.getByRole('button').all())];
  for (const one of pressed) expect((await one.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await main.getByText('Create, change and delete what is in your account.').tap({ force: true });
  expect(await page.getByLabel('Change your data').isChecked()).toBe(true);
});

describe('what the page does when it cannot ask', () => {
  test('an answered request after Back, and one of another browser: a page with the next steps', async () => {
    const { config } = await aRelyingParty();
    const { url } = await aRequest(config);
    const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
    const { page } = await browserOf(person);
    await page.goto(url);
    const consent = page.url();
    const other = await aBrowser();
    expect((await other.page.goto(consent))?.status()).toBe(410);
    await other.page.getByRole('heading', { name: 'This request has expired' }).waitFor();
    await press(page, 'Allow');
    await arrived(page);
    expect((await page.goto(consent))?.status()).toBe(410);
    await expectAccessible(page);
  });

  test('another account: signs in as somebody else and is asked as that one', async () => {
    const { config } = await aRelyingParty();
    const { url, redeem } = await aRequest(config, 'openid profile');
    const stay = await aBrowser();
    const email = await signUp(stay.page);
    const person = await aPerson(portalDb, {
      name: 'Somebody else',
      roles: { [(await anOrganization(portalDb)).id]: 'viewer' },
    });
    const { page } = await browserOf(person);
    await page.goto(url);
    await page.getByText('Somebody else').first().waitFor();
    await page.getByRole('link', { name: 'Italiano' }).click();
    await page.getByRole('link', { name: 'Usa un altro account' }).click();
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.locator('main button[type=submit]').first().click();
    await page.getByText(email).first().waitFor();
    await press(page, 'Consenti');
    const tokens = await redeem(await arrived(page));
    expect(tokens.claims()?.sub).not.toBe(person.actor.userId);
  });

  test('an app for members only says so', async () => {
    const { config } = await aRelyingParty({ openToOtherOrganizations: false });
    const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
    const { page } = await browserOf(person);
    await page.goto((await aRequest(config)).url);
    await page.getByRole('heading', { name: 'This app is not for your account' }).waitFor();
    await expectAccessible(page);
  });

  test('no other site may frame it', async () => {
    const { config } = await aRelyingParty();
    const answer = await fetch((await aRequest(config)).url, { redirect: 'manual' });
    const shown = await fetch(new URL(answer.headers.get('location') ?? '', portalUrl));
    expect(shown.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});

test('an unregistered redirect URI: a page with a reference; its developer finds it and registers the URI with one click', async () => {
  const { owner, organizationId } = await anOwner(portalDb);
  const clientId = await aClientRow(portalDb, {
    organizationId,
    createdBy: owner.actor.userId,
    grantTypes: ['authorization_code'],
    responseTypes: ['code'],
    scopes: ['openid'],
    redirectUris: [callback],
  });
  const parameters = { client_id: clientId, response_type: 'code', scope: 'openid', redirect_uri: `${callback}/` };
  const address = `${portalUrl}/oauth/authorize?${new URLSearchParams(parameters)}`;
  const { page: strangers } = await aBrowser();
  expect((await strangers.goto(address))?.status()).toBe(400);
  expect(await strangers.getByRole('link', { name: 'You own this app' }).count()).toBe(0);
  await expectAccessible(strangers);
  const said = await strangers.locator('main code').textContent();
  await strangers.getByRole('link', { name: 'Italiano' }).click();
  await strangers.getByText('Da qui non puoi continuare').waitFor();
  expect(await strangers.locator('main code').textContent()).toBe(said);
  expect((await strangers.goto(`${portalUrl}/refused/Call-now`))?.status()).toBe(404);
  const { page } = await browserOf(owner);
  await page.goto(address);
  const reference = await page.locator('main code').textContent();
  await page.getByRole('link', { name: 'You own this app' }).click();
  const card = page.locator('li', { hasText: reference ?? '' });
  await card.getByText('/oauth/callback/', { exact: true }).waitFor();
  await expectAccessible(page);
  await card.getByRole('button', { name: 'Add this redirect URI' }).click();
  await page.getByText('The redirect URI was added').waitFor();
  await page.getByText('Nothing was refused').waitFor();
});

test.each([
  ['en', 'Stay connected', 'until you sign out here'],
  ['it', 'Rimanere connessi', 'finché non esci da qui'],
  ['pl', 'Pozostanie połączona', 'do chwili wylogowania się tutaj'],
])(
  'in %s, the page says that the app stays connected if it gets a refresh token, and nothing if it gets none',
  async (locale, title, until) => {
    const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' } });
    const [stays, leaves] = [await aRelyingParty(), await aRelyingParty({ grantTypes: ['authorization_code'] })];
    const { page } = await browserOf(person, { locale });
    await page.goto((await aRequest(stays.config, 'openid read')).url);
    await page.getByText(title).waitFor();
    await page.getByText(until).waitFor();
    await page.goto((await aRequest(leaves.config, 'openid read')).url);
    await page.getByRole('button').first().waitFor();
    expect(await page.getByText(title).count()).toBe(0);
  },
);

test('prompt=select_account shows the account and the way to another one to a person who would be let through', async () => {
  const person = await aPerson(portalDb, { roles: { [(await anOrganization(portalDb)).id]: 'viewer' }, name: 'Ada' });
  const { clientId, config } = await aRelyingParty();
  await aGrantRow(portalDb, { userId: person.actor.userId, clientId, scopes: ['openid', 'read'] });
  const { page } = await browserOf(person);
  await page.goto((await aRequest(config, 'openid read')).url);
  await page.waitForURL(/trips\.example\.com.*code=/);
  await page.goto(`${(await aRequest(config, 'openid read')).url}&prompt=select_account`);
  await page.getByText('You are signed in as').waitFor();
  await page.getByRole('link', { name: 'Use another account' }).waitFor();
  await press(page, 'Allow');
  await page.waitForURL(/code=/);
});
