import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients, logos } from '#db/schema/client';
import { logoFetches } from '#db/schema/logo-fetch';
import { cloneClient, updateClient } from '#lib/clients/index';
import { fetchDueLogos, requestLogoFetch } from '#lib/logo-fetches/index';
import { encodeLogo } from '#lib/logos/index';
import { findPublicClient } from '#lib/public-info/index';
import { ask } from '#support/api';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { picture } from '#support/pictures';
import { aRegistrar, asSent, pathOf, type Registered } from '#support/registration';
import { startSecureCanary } from '#support/secure-canary';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

type Answer = { status: number; headers?: Record<string, string>; body: Uint8Array | string };
const answers = new Map<string, Answer>();
const site = await startSecureCanary((request, response) => {
  const { status, headers, body } = answers.get(request.url ?? '') ?? { status: 404, body: 'none' };
  response.writeHead(status, { 'content-type': 'image/png', ...headers }).end(body);
});
afterAll(() => site.stop());

let mine: Awaited<ReturnType<typeof aRegistrar>>;
let red: Uint8Array;
beforeAll(async () => {
  mine = await aRegistrar();
  red = await picture('#ff0000');
  answers.set('/red.png', { status: 200, body: red });
  answers.set('/blue.jpg', { status: 200, body: await picture('#0000ff', 300, 'jpeg') });
});
let app: Registered;
beforeEach(async () => {
  site.paths.length = 0;
  await db.delete(logoFetches);
  app = await mine.register({ logo_uri: `${site.origin}/red.png` });
});

const put = async (changes: object) => {
  const token = app.registration_access_token;
  const answer = await ask('PUT', pathOf(app), { token, body: { ...asSent(app), ...changes } });
  expect(answer.status).toBe(200);
};
const rowOf = async (clientId = app.client_id) => {
  const [row] = await db.select().from(clients).where(eq(clients.clientId, clientId));
  if (!row) throw new Error('no client');
  return row;
};
const shown = async (clientId = app.client_id) => (await findPublicClient(db, clientId))?.logoHash ?? null;
const waiting = () => db.select().from(logoFetches).where(eq(logoFetches.clientId, app.client_id));
const makeDue = () => db.update(logoFetches).set({ nextAt: new Date(0) });
const isKept = async (hash: string | null) => (await db.$count(logos, eq(logos.hash, hash ?? ''))) === 1;

describe('a logo_uri', () => {
  test('is not asked for by the request that registers it, and fetched afterwards: our own picture, at our own address', async () => {
    expect([site.paths, await shown()]).toEqual([[], null]);
    expect(await fetchDueLogos(db)).toBe(1);
    const hash = await shown();
    expect(hash).toBe((await encodeLogo(red)).hash);
    const answer = await ask('GET', `/logos/${hash}.png`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    const info = await (await ask('GET', `/api/v1/public/clients/${app.client_id}`)).text();
    expect(info).toContain(`/logos/${hash}.png`);
    expect(info).not.toContain(site.origin);
  });

  test('is asked for once, however many processes look for work, and never again', async () => {
    const taken = await Promise.all(Array.from({ length: 8 }, () => fetchDueLogos(db)));
    expect(taken.toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect(await waiting()).toEqual([]);
    await put({});
    await put({ client_name: 'Other notes' });
    expect(await fetchDueLogos(db)).toBe(0);
    expect(site.paths).toEqual(['/red.png']);
  });

  test('that a process took with it is taken over by another one after a minute', async () => {
    await db.update(logoFetches).set({ nextAt: new Date(Date.now() + 60_000), attempts: 1 });
    expect(await fetchDueLogos(db)).toBe(0);
    await makeDue();
    expect(await fetchDueLogos(db)).toBe(1);
    expect(await shown()).not.toBeNull();
  });

  test('does not change the version, so edits do not conflict; the history has no person for it', async () => {
    const { version, updatedAt } = await rowOf();
    await fetchDueLogos(db);
    const after = await rowOf();
    expect(after).toMatchObject({ version, updatedAt, logoFetchedFrom: `${site.origin}/red.png` });
    const events = await db.select().from(auditEvents).where(eq(auditEvents.targetId, app.client_id));
    expect(events.find(({ actorKind }) => actorKind === 'system')).toMatchObject({
      action: 'client.update',
      organizationId: mine.organizationId,
      channel: 'registration',
      before: { logoHash: null },
      after: { logoHash: after.logoHash, logoFetchedFrom: `${site.origin}/red.png` },
    });
  });

  test('that is changed is fetched anew; the picture of the address before is gone at once', async () => {
    answers.set('/alone.webp', { status: 200, body: await picture('#123456', 64, 'webp') });
    await put({ logo_uri: `${site.origin}/alone.webp` });
    await fetchDueLogos(db);
    const before = await shown();
    expect(await isKept(before)).toBe(true);
    await put({ logo_uri: `${site.origin}/blue.jpg` });
    expect([await shown(), await isKept(before)]).toEqual([null, false]);
    await fetchDueLogos(db);
    expect(await shown()).toBe((await encodeLogo(answers.get('/blue.jpg')?.body as Uint8Array)).hash);
    await put({ logo_uri: undefined });
    expect([await shown(), await waiting()]).toEqual([null, []]);
    expect(site.paths).toEqual(['/alone.webp', '/blue.jpg']);
  });

  test('that is changed while it is being fetched counts as it is then', async () => {
    const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = await startSecureCanary(async (_, response) => {
      asked.resolve();
      await release.promise;
      response.writeHead(200).end(red);
    });
    await put({ logo_uri: `${slow.origin}/slow.png` });
    const fetching = fetchDueLogos(db);
    await asked.promise;
    await put({ logo_uri: `${site.origin}/blue.jpg` });
    release.resolve();
    await fetching;
    await slow.stop();
    expect(await shown()).toBeNull();
    expect(await waiting()).toMatchObject([{ logoUri: `${site.origin}/blue.jpg`, attempts: 0 }]);
  });

  test('that is taken away before anybody looked there is not asked for', async () => {
    await put({ logo_uri: undefined });
    await fetchDueLogos(db);
    expect([site.paths, await waiting()]).toEqual([[], []]);
  });
});

describe('an uploaded logo', () => {
  test('wins, whether it comes before or after the other', async () => {
    await fetchDueLogos(db);
    const own = await updateClient(mine.owner, app.client_id, { logo: await picture('#00ff00') });
    expect(own).toMatchObject({ logoFetchedFrom: null, logoHash: (await encodeLogo(await picture('#00ff00'))).hash });
    await put({ logo_uri: `${site.origin}/blue.jpg` });
    await fetchDueLogos(db);
    expect(await shown()).toBe(own.logoHash);
    expect(site.paths).toEqual(['/red.png']);
  });

  test('that comes before the fetch prevents it', async () => {
    const own = await updateClient(mine.owner, app.client_id, { logo: await picture('#00ff00') });
    await fetchDueLogos(db);
    expect([await shown(), site.paths, await waiting()]).toEqual([own.logoHash, [], []]);
  });

  test('whoever takes a logo away has none, until another address is named', async () => {
    await fetchDueLogos(db);
    await updateClient(mine.owner, app.client_id, { logo: null });
    await fetchDueLogos(db);
    expect(await shown()).toBeNull();
    await put({ logo_uri: `${site.origin}/blue.jpg` });
    await fetchDueLogos(db);
    expect(await shown()).not.toBeNull();
  });
});

describe('what is no logo', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>';
  test.each<[string, () => Answer | Promise<Answer>]>([
    ['nothing', () => ({ status: 404, body: red })],
    ['an error', () => ({ status: 500, body: red })],
    ['a redirect', () => ({ status: 302, headers: { location: '/red.png' }, body: red })],
    ['an SVG', () => ({ status: 200, headers: { 'content-type': 'image/svg+xml' }, body: svg })],
    ['an SVG that says to be a PNG', () => ({ status: 200, body: `<?xml version="1.0"?><!-- x -->${svg}` })],
    ['a page', () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html><img src="/red.png">' })],
    ['half a picture', () => ({ status: 200, body: red.subarray(0, red.length / 2) })],
    ['more than 1 MiB', () => ({ status: 200, body: Buffer.concat([red, Buffer.alloc(1024 * 1024)]) })],
    ['too many pixels', async () => ({ status: 200, body: await picture('#ff0000', 4097) })],
    ['something packed', () => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body: red })],
    ['nothing at all', () => ({ status: 200, body: '' })],
  ])('%s is not shown, and is asked for again in a minute', async (_title, answer) => {
    answers.set('/bad', await answer());
    await put({ logo_uri: `${site.origin}/bad` });
    const began = Date.now();
    expect(await fetchDueLogos(db)).toBe(1);
    expect([await shown(), site.paths]).toEqual([null, ['/bad']]);
    const [row] = await waiting();
    expect(row).toMatchObject({ attempts: 1, logoUri: `${site.origin}/bad` });
    expect(Math.abs((row?.nextAt.getTime() ?? 0) - began - 60_000)).toBeLessThan(10_000);
    expect(await fetchDueLogos(db)).toBe(0);
    answers.set('/bad', { status: 200, body: red });
    await makeDue();
    await fetchDueLogos(db);
    expect([await shown(), await waiting()]).toEqual([(await encodeLogo(red)).hash, []]);
  });

  test('is given up after a day and a half, until the client names it anew', async () => {
    await put({ logo_uri: `${site.origin}/never` });
    await db.update(logoFetches).set({ attempts: 5 });
    await fetchDueLogos(db);
    expect(await waiting()).toEqual([]);
    answers.set('/never', { status: 200, body: red });
    await put({ logo_uri: `${site.origin}/never` });
    await fetchDueLogos(db);
    expect(await shown()).not.toBeNull();
    answers.delete('/never');
  });

  test('a silent host delays no other one, and is given up after five seconds', async () => {
    const silent = await startSecureCanary(() => undefined);
    await put({ logo_uri: `${silent.origin}/logo.png` });
    const other = await mine.register({ logo_uri: `${site.origin}/red.png` });
    const began = performance.now();
    expect(await fetchDueLogos(db)).toBe(2);
    expect(performance.now() - began).toBeLessThan(30_000);
    expect([await shown(), await shown(other.client_id)]).toEqual([null, (await encodeLogo(red)).hash]);
    await silent.stop();
  });
});

test('a clone has its picture and its address too', async () => {
  await fetchDueLogos(db);
  const { client } = await cloneClient(mine.owner, app.client_id);
  expect(client).toMatchObject({ logoHash: await shown(), logoFetchedFrom: `${site.origin}/red.png` });
});

test('whoever writes a client by other ways has its logo fetched by its id', async () => {
  const logoUri = `${site.origin}/red.png`;
  const metadataUrl = 'https://app.example/client.json';
  const document = { metadataUrl, provenance: 'metadata_document' as const, logoUri };
  const clientId = await aClientRow(db, { organizationId: mine.organizationId, ...document });
  await requestLogoFetch(db, clientId);
  await fetchDueLogos(db);
  expect(await shown(clientId)).toBe((await encodeLogo(red)).hash);
  await db.update(clients).set({ logoUri: null }).where(eq(clients.clientId, clientId));
  await requestLogoFetch(db, clientId);
  expect(await shown(clientId)).toBeNull();
});
