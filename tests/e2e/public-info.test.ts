import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { registrations } from '#db/schema/registration';
import { scopes } from '#db/schema/scope';
import { anOwner } from '#support/actors';
import { aBrowser, portalUrl } from '#support/browser';
import { aClientRow } from '#support/client-row';
import { portalDb } from '#support/portal-database';

const at = (clientId: string) => `/public/${clientId}/info`;
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, portalUrl), { headers, redirect: 'manual' });

let organizationId: string;
let owner: Awaited<ReturnType<typeof anOwner>>['owner'];
const anApp = (values: Partial<typeof clients.$inferInsert> = {}) =>
  aClientRow(portalDb, { organizationId, ...values });

beforeAll(async () => {
  ({ owner, organizationId } = await anOwner(portalDb));
});

describe('the public page of an app', () => {
  test('shows app, scopes and links to a stranger without JavaScript', async () => {
    const clientId = await anApp({
      name: 'Ledger Invoices',
      description: 'Keeps the books.',
      clientUri: 'https://ledger.example/',
      policyUri: 'https://ledger.example/privacy',
      tosUri: 'https://legal.ledger.example/terms',
      scopes: ['files:write', 'create:customers', 'customers:create'],
    });
    const { page, complaints } = await aBrowser({ javaScriptEnabled: false });
    const answer = await page.goto(at(clientId));
    expect(answer?.status()).toBe(200);
    expect(await page.title()).toBe('Ledger Invoices: who is asking · Clientele');
    const text = await page.locator('main').textContent();
    for (const part of ['Says it is by Acme', 'Keeps the books.', 'Change your files', 'ledger.example', 'Unverified'])
      expect(text).toContain(part);
    expect(text).toContain('We do not know who makes this app.');
    expect(await page.getByText('Create customers', { exact: true }).count()).toBe(1);
    const links = page.getByRole('main').getByRole('link');
    expect(
      await links.evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.getAttribute('rel')])),
    ).toEqual(
      ['https://ledger.example/', 'https://ledger.example/privacy', 'https://legal.ledger.example/terms'].map(
        (href) => [href, 'noopener noreferrer nofollow ugc'],
      ),
    );
    expect(complaints).toEqual([]);
  });

  test('shows a self-registered app without a publisher', async () => {
    const clientId = await anApp({ provenance: 'registration' });
    await portalDb.insert(registrations).values({ clientId, hash: randomUUID(), pepperId: 'test', open: true });
    const { page } = await aBrowser();
    await page.goto(at(clientId));
    await page.getByText('Self-registered', { exact: true }).waitFor();
    const text = await page.locator('main').textContent();
    expect(text).toContain('nobody answers for it');
    expect(text).not.toMatch(/Published by|Says it is by/);
  });

  test.for([
    [{ reviewState: 'approved' }, 'Unverified'],
    [{ firstParty: true, name: 'Platform console' }, 'The platform’s own'],
    [{ status: 'suspended', firstParty: true, name: 'Platform console' }, 'Suspended'],
    [{ status: 'disabled' }, 'Switched off'],
  ] as const)('%j is shown as %s', async ([values, word]) => {
    const clientId = await anApp({ ...values, clientUri: 'https://ledger.example/', scopes: ['files:read'] });
    const { page } = await aBrowser();
    await page.goto(at(clientId));
    await page.getByRole('main').getByText(word, { exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Website' }).count()).toBe(word === 'Suspended' ? 0 : 1);
    // What cannot ask asks nobody, and only of the platform's own is it known who publishes it.
    const mayFetch = word === 'Unverified' || word === 'The platform’s own';
    expect(await page.getByText('You are asked').count()).toBe(mayFetch ? 1 : 0);
    expect(await page.getByText('Published by').count()).toBe(word === 'The platform’s own' ? 1 : 0);
  });

  test('has nothing private, neither in its text nor in what is sent for scripts', async () => {
    const canary = 'canary7f3a';
    const clientId = await anApp({
      name: 'Keeper',
      redirectUris: [`https://${canary}-redirect.example/cb`],
      postLogoutRedirectUris: [`https://${canary}-logout.example/`],
      allowedOrigins: [`https://${canary}-origin.example`],
      contacts: [`${canary}@contact.example`],
      logoUri: `https://${canary}-logo.example/x.png`,
      localized: { it: { name: 'Custode', logoUri: `https://${canary}-logo.example/it.png` } },
      jwks: { keys: [{ kty: 'RSA', kid: canary }] },
      softwareId: `${canary}-software`,
      initiateLoginUri: `https://${canary}-login.example/`,
      backchannelLogoutUri: `https://${canary}-back.example/`,
      sectorIdentifierUri: `https://${canary}-sector.example/`,
      reviewState: 'rejected',
      createdBy: owner.actor.userId,
      updatedBy: owner.actor.userId,
    });
    const secrets = [canary, owner.actor.userId, organizationId, '@example.com', 'rejected', 'client_secret_basic'];
    const ways: Record<string, string>[] = [
      {},
      { rsc: '1' },
      { rsc: '1', 'next-router-prefetch': '1' },
      { 'accept-language': 'it' },
    ];
    for (const headers of ways) {
      const answer = await fetch(new URL(at(clientId), portalUrl), { headers });
      const body = await answer.text();
      expect([answer.status, body.length > 200]).toEqual([200, true]);
      if (!headers['next-router-prefetch']) expect(body).toMatch(/Keeper|Custode/);
      for (const secret of secrets)
        expect(body.includes(secret), `${secret} with ${JSON.stringify(headers)}`).toBe(false);
    }
  });

  test('shows markup as text, and links only web pages', async () => {
    const clientId = await anApp({
      name: '<img src=x onerror=alert(1)>',
      description: '</script><script>alert(2)</script>',
      clientUri: 'javascript:alert(3)',
      policyUri: ' java\tscript:alert(4)',
      tosUri: 'data:text/html,<script>alert(5)</script>',
    });
    const { page, complaints } = await aBrowser();
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    await page.goto(at(clientId));
    expect(await page.locator('h1').textContent()).toBe('<img src=x onerror=alert(1)>');
    await page.getByText('It names no website, privacy policy or terms.').waitFor();
    expect(await page.locator('main a, main img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('is at one address: an id in capitals leads there', async () => {
    const clientId = await anApp({ clientId: 'abcdef01-aaaa-4bbb-8ccc-abcdefabcdef' });
    const answer = await get(at(clientId.toUpperCase()));
    expect([answer.status, answer.headers.get('location')]).toEqual([308, at(clientId)]);
  });

  test.for([crypto.randomUUID(), 'ledger', '1', '%20', 'null', '..%2f..', "'; drop table clients;--", '%F0%9F%92%A5'])(
    'for %j there is none: 404 in the reader’s language, also without JavaScript',
    async (id) => {
      const answer = await get(at(encodeURI(decodeURI(id))), { 'accept-language': 'pl' });
      const body = await answer.text();
      expect(answer.status).toBe(404);
      expect(body).toMatch(/<html lang="pl"/);
      expect(body).toMatch(/<h1[^>]*>Nie ma tu zarejestrowanej aplikacji/);
      expect(body).toContain('noindex');
    },
  );
});

describe('in the reader’s language', () => {
  test.for([
    ['it-CH, de;q=0.9', 'it', 'Libro mastro', 'Non verificata'],
    ['pl', 'pl', 'Ledger', 'Niezweryfikowana'],
    ['de', 'en', 'Ledger', 'Unverified'],
  ] as const)('%s gives %s, with the developer’s own texts in it', async ([accepted, language, name, standing]) => {
    const clientId = await anApp({ localized: { it: { name: 'Libro mastro' } }, scopes: ['read'] });
    const answer = await get(at(clientId), { 'accept-language': accepted });
    const body = await answer.text();
    expect(answer.headers.get('vary')).toMatch(/^Accept-Language,/);
    expect(body).toMatch(new RegExp(`<html lang="${language}"`));
    for (const part of [name, standing]) expect(body).toContain(part);
  });

  test('which can be changed by a link, without JavaScript', async () => {
    const clientId = await anApp();
    const { page } = await aBrowser({ javaScriptEnabled: false, locale: 'it-IT' });
    await page.goto(at(clientId));
    await page.getByRole('link', { name: 'Polski' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('pl');
    await page.getByRole('main').getByText('Niezweryfikowana', { exact: true }).waitFor();
  });

  test('the developers’ pages stay English', async () => {
    const body = await (await get('/?lang=it', { 'accept-language': 'it' })).text();
    expect(body).toMatch(/<html lang="en"/);
  });
});

describe('for every reader', () => {
  test.for([
    [390, 'light'],
    [390, 'dark'],
    [1440, 'light'],
    [1440, 'dark'],
  ] as const)(
    'at %i pixels, %s: nothing runs off the page and no rule of accessibility is broken',
    async ([width, colorScheme]) => {
      const all = await portalDb.select({ name: scopes.name }).from(scopes);
      const cases: Partial<typeof clients.$inferInsert>[] = [
        {
          name: 'M'.repeat(256),
          description: 'w'.repeat(1000),
          scopes: all.map(({ name }) => name),
          firstParty: true,
        },
        {
          name: 'دفتر الأستاذ (Ledger) 2026',
          description: 'يحفظ دفاتر الشركات.',
          clientUri: `https://${'long.'.repeat(40)}example/`,
        },
        { name: '💥', status: 'suspended' },
        { name: 'Old', status: 'disabled' },
      ];
      const { page } = await aBrowser({ viewport: { width, height: 800 }, colorScheme });
      for (const path of [
        ...(await Promise.all(cases.map(async (values) => at(await anApp(values))))),
        at('nothing'),
      ]) {
        await page.goto(path);
        const beyond = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect([path, beyond, violations.map(({ id }) => id)]).toEqual([path, 0, []]);
      }
    },
  );

  test('an app that is deleted is gone from here at once', async () => {
    const clientId = await anApp();
    expect((await get(at(clientId))).status).toBe(200);
    await portalDb.delete(clients).where(eq(clients.clientId, clientId));
    expect((await get(at(clientId))).status).toBe(404);
  });
});

test('the icon is there for browsers that ask before they have read where it is', async () => {
  const answer = await fetch(`${portalUrl}/favicon.ico`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
});
