import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { domains } from '#db/schema/domain';
import { ask } from '#support/api';
import { db } from '#support/database';
import { anAccount, type Item, type Page } from '#support/telnyx';

let mine: Awaited<ReturnType<typeof anAccount>>;
let made: Record<'sync' | 'Sync' | 'web' | 'app', Item>;
beforeAll(async () => {
  mine = await anAccount();
  const code = { allowed_grant_types: ['authorization_code', 'refresh_token'] };
  made = {
    sync: await mine.make({ name: 'Invoice sync' }),
    Sync: await mine.make({ name: 'INVOICE SYNC' }),
    web: await mine.make({ name: 'Shop 100%', ...code, redirect_uris: ['https://shop.example/cb'] }),
    app: await mine.make({
      name: 'Ab',
      client_type: 'public',
      ...code,
      redirect_uris: ['http://127.0.0.1/cb'],
    }),
  };
  const { organizationId } = mine;
  await db
    .insert(domains)
    .values({ domain: 'shop.example', organizationId, method: 'operator', verifiedAt: new Date() });
  await (await anAccount()).make({ name: 'Invoice sync' });
});

const list = async (query = '', path = '/v2/oauth_clients') => {
  const answer = await ask('GET', path + query, mine);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Page;
};
const namesOf = ({ data }: Page) => data.map(({ name }) => name);
const encoded = (query: string) => query.replaceAll('[', '%5B').replaceAll(']', '%5D');

const filters: [query: string, found: string[]][] = [
  ['', ['Ab', 'Shop 100%', 'INVOICE SYNC', 'Invoice sync']],
  ['filter[client_type]=public', ['Ab']],
  ['filter[client_type]=confidential', ['Shop 100%', 'INVOICE SYNC', 'Invoice sync']],
  ['filter[verified]=true', ['Shop 100%']],
  ['filter[verified]=false', ['Ab', 'INVOICE SYNC', 'Invoice sync']],
  ['filter[allowed_grant_types][contains]=client_credentials', ['INVOICE SYNC', 'Invoice sync']],
  ['filter[allowed_grant_types][contains]=refresh_token', ['Ab', 'Shop 100%']],
  ['filter[name]=Invoice+sync', ['Invoice sync']],
  ['filter[name]=Invoice%20sync', ['Invoice sync']],
  ['filter[name]=invoice%20sync', []],
  ['filter[name][contains]=INVOICE', ['INVOICE SYNC', 'Invoice sync']],
  ['filter[name][contains]=b', ['Ab']],
  ['filter[name][contains]=%25', ['Shop 100%']],
  ['filter[name][contains]=_', []],
  ['filter[name]=Invoice%20sync&filter[name][contains]=oice', ['Invoice sync']],
  ['filter[name][contains]=oice&filter[name]=Shop', []],
  [
    'filter[client_type]=confidential&filter[verified]=false&filter[allowed_grant_types][contains]=client_credentials&filter[name]=INVOICE%20SYNC&filter[name][contains]=sync',
    ['INVOICE SYNC'],
  ],
  ['filter[client_id]=nonsense', []],
  ['filter[client_id]=3f0c9a52-6d0b-4a7e-9a51-2b8e6f1c7d10', []],
  ['unheard_of=1', ['Ab', 'Shop 100%', 'INVOICE SYNC', 'Invoice sync']],
];

describe.each(['/v2/oauth_clients', '/v2/oauth/clients'])('GET %s', (path) => {
  test.each(filters)('?%s', async (query, found) => {
    const page = await list(`?${query}`, path);
    expect(namesOf(page)).toEqual(found);
    expect(page.meta).toEqual({
      page_number: 1,
      page_size: 20,
      total_results: found.length,
      total_pages: found.length === 0 ? 0 : 1,
    });
    expect(await list(`?${encoded(query)}`, path)).toEqual(page);
  });

  test('one by its id, in either case', async () => {
    expect((await list(`?filter[client_id]=${made.app.client_id.toUpperCase()}`, path)).data).toMatchObject([
      { client_id: made.app.client_id },
    ]);
  });

  test('no secret is in it', async () => {
    for (const { client_secret } of (await list('', path)).data) expect(client_secret).toBeNull();
  });
});

describe('pages', () => {
  test.each([
    ['?page[size]=3', 3, { page_number: 1, page_size: 3, total_results: 4, total_pages: 2 }],
    ['?page[size]=3&page[number]=2', 1, { page_number: 2, page_size: 3, total_results: 4, total_pages: 2 }],
    ['?page%5Bsize%5D=3&page%5Bnumber%5D=2', 1, { page_number: 2, page_size: 3, total_results: 4, total_pages: 2 }],
    ['?page[number]=3&page[size]=3', 0, { page_number: 3, page_size: 3, total_results: 4, total_pages: 2 }],
    [
      '?page[number]=1000000000&page[size]=100',
      0,
      { page_number: 1e9, page_size: 100, total_results: 4, total_pages: 1 },
    ],
  ])('%s', async (query, count, meta) => {
    const page = await list(query);
    expect([page.data.length, page.meta]).toEqual([count, meta]);
  });

  test('follow each other without a gap, newest first, also where times are the same', async () => {
    const other = await anAccount();
    for (let n = 0; n < 5; n++) await other.make({ name: `Job ${n}` });
    const at = new Date('2026-01-01T00:00:00.000Z');
    await db.update(clients).set({ createdAt: at }).where(eq(clients.organizationId, other.organizationId));
    const seen: string[] = [];
    for (let number = 1; number <= 3; number++) {
      const answer = await ask('GET', `/v2/oauth_clients?page[size]=2&page[number]=${number}`, other);
      seen.push(...((await answer.json()) as Page).data.map(({ client_id }) => client_id));
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  test.each([
    'FILTER[name]=x',
    'page[size]=0',
    'page[size]=101',
    'page[size]=-1',
    'page[size]=ten',
    'page[size]=1.5',
    'page[size]=99999999999999999999',
    'page[number]=0',
    'page[number]=1e3',
    'page[number]=1000000001',
    'page[number]=1&page[number]=2',
    'page[unknown]=1',
    'filter[client_type]=secret',
    'filter[verified]=yes',
    'filter[allowed_grant_types][contains]=password',
    'filter[allowed_grant_types]=client_credentials',
    'filter[owner]=me',
    'filter=1',
    'filter[name]=%00',
    'filter[name]=a&filter[name]=b',
  ])('?%s is 400 and says why', async (query) => {
    for (const spelled of [query, encoded(query)]) {
      const answer = await ask('GET', `/v2/oauth_clients?${spelled}`, mine);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({
        error: 'invalid_request',
        error_description: expect.stringMatching(/^(?:page|filter)/i),
      });
    }
  });
});
