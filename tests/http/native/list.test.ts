import { eq, inArray } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { domains } from '#db/schema/domain';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { aTenant, json, problemOf } from '#support/native';

type Page = { items: { client_id: string; client_name: string }[]; next_cursor: string; previous_cursor: string };

let mine: Awaited<ReturnType<typeof aTenant>>;
let theirs: Awaited<ReturnType<typeof aTenant>>;
let ids: string[];
beforeAll(async () => {
  [mine, theirs] = [await aTenant(), await aTenant()];
  await theirs.make();
  const made = [];
  for (let number = 0; number < 11; number++)
    made.push(
      await mine.make({
        client_name: `App ${String.fromCharCode(75 - number)}`,
        application_type: number % 2 ? 'web' : 'spa',
        environment: number < 3 ? 'staging' : 'production',
      }),
    );
  ids = made.map(({ client_id }) => client_id);
  // All of one millisecond: only the id tells them apart.
  await db
    .update(clients)
    .set({ createdAt: new Date() })
    .where(inArray(clients.clientId, ids.slice(0, 6)));
  await db
    .update(clients)
    .set({ lastUsedAt: new Date(Date.now() - 1000) })
    .where(inArray(clients.clientId, ids.slice(4, 9)));
});

const list = async (query: string) => json<Page>(await mine.call('GET', `/clients?${query}`));
const idsOf = ({ items }: Page) => items.map(({ client_id }) => client_id);

describe('GET /clients', () => {
  test.each(['-created_at', 'client_name', '-last_used_at'])(
    'by %s: every client once, forwards and back',
    async (sort) => {
      const pages = [await list(`limit=4&sort=${sort}`)];
      for (let at = pages[0]; at?.next_cursor; at = pages.at(-1))
        pages.push(await list(`limit=4&sort=${sort}&cursor=${at.next_cursor}`));
      expect(pages.map(({ items }) => items.length)).toEqual([4, 4, 3]);
      expect(pages.flatMap(idsOf).sort()).toEqual([...ids].sort());
      expect([pages[0]?.previous_cursor, pages[2]?.next_cursor]).toEqual([null, null]);
      const back = await list(`limit=4&sort=${sort}&cursor=${pages[2]?.previous_cursor}`);
      expect(idsOf(back)).toEqual(idsOf(pages[1] as Page));
      const first = await list(`limit=4&sort=${sort}&cursor=${back.previous_cursor}`);
      expect(idsOf(first)).toEqual(idsOf(pages[0] as Page));
      expect(first.previous_cursor).toBeNull();
    },
  );

  test('names are in order, and the newest come first', async () => {
    const names = (await list('sort=client_name')).items.map(({ client_name }) => client_name);
    expect(names).toEqual([...names].sort());
    expect((await list('limit=1')).items).toHaveLength(1);
  });

  test.each([
    ['application_type=spa', 6],
    ['application_type=spa&environment=staging', 2],
    ['client_type=public', 6],
    ['client_type=confidential', 5],
    ['grant_type=client_credentials', 0],
    ['status=active', 11],
    ['status=disabled', 0],
    ['verified=true', 0],
    ['verified=false', 11],
    ['provenance=native', 11],
    ['provenance=telnyx', 0],
    ['client_name=App%20K', 1],
    ['client_name_contains=APP', 11],
    ['client_name_contains=p%20k', 1],
    ['client_name_contains=%25%25%25', 0],
    ['product_id=1999999999', 0],
    ['created_by=usr_nobody', 0],
  ])('%s finds %i', async (query, count) => {
    expect((await list(query)).items).toHaveLength(count);
  });

  test('verified are those that lead only to proved domains; each says so of itself', async () => {
    const { make, organizationId } = mine;
    const at = async (...redirect_uris: string[]) => (await make({ client_name: 'Verified', redirect_uris })).client_id;
    const here = await at('https://shop.example/cb');
    const also = await at('https://shop.example/cb', 'https://elsewhere.example/cb');
    await db
      .insert(domains)
      .values({ domain: 'shop.example', organizationId, method: 'operator', verifiedAt: new Date() });
    expect(idsOf(await list('verified=true'))).toEqual([here]);
    expect(idsOf(await list('verified=false&client_name=Verified'))).toEqual([also]);
    const one = async (id: string) => json<object>(await mine.call('GET', `/clients/${id}`));
    expect(await one(here)).toMatchObject({ verified: true, standing: 'verified', review_state: 'none' });
    expect(await one(also)).toMatchObject({ verified: false, standing: 'unverified', review_state: 'none' });
    await db.delete(domains);
    await db.delete(clients).where(inArray(clients.clientId, [here, also]));
  });

  test('by ids, one or several, and by who made them', async () => {
    expect(idsOf(await list(`client_id=${ids[0]}`))).toEqual([ids[0]]);
    expect(idsOf(await list(`client_id=${ids[0]},${ids[1]}&client_id=${ids[2]}`)).sort()).toEqual(
      ids.slice(0, 3).sort(),
    );
    expect((await list(`created_by=${mine.owner.actor.userId}`)).items).toHaveLength(11);
  });

  test.each([
    'limit=0',
    'limit=101',
    'limit=ten',
    'limit=1&limit=2',
    'limit=',
    'limit=1e1',
    'sort=name',
    'sort=',
    'verified=yes',
    'application_type=toaster',
    'grant_type=implicit',
    'client_name_contains=ab',
    'client_id=nonsense',
    'stauts=active',
    'client_name=%00',
    '%00=1',
    '__proto__=1',
    'organization_id=x',
    'cursor=',
    'cursor=nonsense',
    'cursor=W10.AAAAAAAAAAAAAAAAAAAAAA',
  ])('%s is 400 and says which parameter', async (query) => {
    const { errors } = await problemOf(await mine.call('GET', `/clients?${query}`), 400);
    expect(errors?.map((error) => error.in)).toEqual(['query']);
    expect(errors?.[0]?.field).toBe(decodeURIComponent(query.split('=')[0] ?? ''));
  });
});

describe('a cursor', () => {
  test('is good for its caller’s organization, its filter and its order only', async () => {
    const { next_cursor: cursor } = await list('limit=3&application_type=spa');
    expect((await list(`limit=3&application_type=spa&cursor=${cursor}`)).items).toHaveLength(3);
    expect((await list(`limit=2&application_type=spa&cursor=${cursor}`)).items).toHaveLength(2);
    for (const query of [
      '',
      'application_type=web',
      'application_type=spa&status=active',
      'application_type=spa&sort=client_name',
    ])
      await problemOf(await mine.call('GET', `/clients?limit=3&${query}&cursor=${cursor}`), 400);
    const foreign = `/clients?limit=3&application_type=spa&cursor=${cursor}`;
    await problemOf(await theirs.call('GET', foreign), 400);
    const other = await aToken(db, mine.owner, mine.organizationId, { scopes: ['clients:read'] });
    expect((await ask('GET', `/api/v1${foreign}`, { token: other })).status).toBe(200);
  });

  test('that was tampered with is 400', async () => {
    const { next_cursor: cursor } = await list('limit=3');
    const [body = '', mac] = cursor.split('.');
    const place = JSON.parse(Buffer.from(body, 'base64url').toString()) as unknown[];
    const forged = Buffer.from(JSON.stringify(['infinity', ...place.slice(1)])).toString('base64url');
    for (const text of [`${forged}.${mac}`, body, `${body}.`, `${body}.${'A'.repeat(22)}`, `${cursor}A`])
      await problemOf(await mine.call('GET', `/clients?limit=3&cursor=${text}`), 400);
  });

  test('skips and repeats nothing when rows come and go between the pages', async () => {
    const tenant = await aTenant();
    const made = [];
    for (let number = 0; number < 6; number++) made.push((await tenant.make()).client_id);
    const first = await json<Page>(await tenant.call('GET', '/clients?limit=3'));
    await tenant.make();
    await db.delete(clients).where(eq(clients.clientId, first.items[2]?.client_id ?? ''));
    const second = await json<Page>(await tenant.call('GET', `/clients?limit=3&cursor=${first.next_cursor}`));
    expect([...idsOf(first), ...idsOf(second)].sort()).toEqual(made.sort());
  });
});
