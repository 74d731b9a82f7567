import { desc, eq, type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, wrap } from '#db/client';
import {
  type ClientFilter,
  type ClientSort,
  countClients,
  selectClientPage,
  selectNumberedClientPage,
} from '#db/queries/client-list';
import { clients } from '#db/schema/client';
import { seed } from '#db/seed';
import { databaseUrl } from '#support/database';

const limit = 50;
// One connection, as a busy pool has it: what it learns about a query stays with it.
const pool = connect(databaseUrl, { max: 1, statementTimeoutMs: 0 });
const db = wrap(pool);
afterAll(() => pool.end());

/** Whose organization has the tenth of all, and two with a hundredth. */
let large: string;
let small: string[];

beforeAll(async () => {
  await seed(db, { clients: 100_000, owners: 100, randomSeed: 1 });
  const rows = await db
    .select({ id: clients.organizationId })
    .from(clients)
    .groupBy(clients.organizationId)
    .orderBy(desc(sql`count(*)`), clients.organizationId);
  [large = '', ...small] = rows.map(({ id }) => id);
});

type Node = {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Node[];
};

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** What a query really does: its nodes, the indexes it used, and how many rows of the table it looked at. */
async function planOf(query: SQL) {
  const [row] = await db.execute<{ 'QUERY PLAN': [{ Plan: Node; 'Execution Time': number }] }>(
    sql`explain (analyze, format json) ${query}`,
  );
  if (!row) throw new Error('no plan');
  const [{ Plan: plan }] = row['QUERY PLAN'];
  const nodes = nodesOf(plan);
  const looks = nodes.filter((node) => node['Relation Name'] === 'clients');
  const seen = (node: Node) =>
    node['Actual Loops'] *
    (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0));
  return {
    kinds: nodes.map((node) => node['Node Type']),
    indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
    rowsRead: looks.reduce((sum, node) => sum + seen(node), 0),
  };
}

type Page = Parameters<typeof selectClientPage>[1];
const page = (rest: Partial<Page>): Page => ({ tenancy: [large], filter: {}, sort: 'created', limit, ...rest });
const planOfPage = (rest: Partial<Page>) => planOf(selectClientPage(db, page(rest)).getSQL());

const deep = 9000;
const positions = new Map<ClientSort, Promise<{ key: string; clientId: string }>>();

/** A position far down the list of the large organization. */
function deepPosition(sort: ClientSort) {
  const found =
    positions.get(sort) ?? selectClientPage(db, page({ sort, limit: deep })).then((rows) => positionOf(rows[deep]));
  positions.set(sort, found);
  return found;
}

function positionOf(row: { sortKey: string; clientId: string } | undefined) {
  if (!row) throw new Error('not so many');
  return { key: row.sortKey, clientId: row.clientId };
}

const indexOf: Record<ClientSort, string> = {
  created: 'clients_by_created',
  name: 'clients_by_name',
  lastUsed: 'clients_by_last_used',
};

describe('a page of an organization’s ten thousand clients among a hundred thousand', () => {
  describe.each(Object.keys(indexOf) as ClientSort[])('by %s', (sort) => {
    test.each([
      ['the first', false, false],
      ['a deep one', true, false],
      ['the one before a deep one', true, true],
    ])('%s reads only its own rows', async (_, isDeep, backwards) => {
      const from = isDeep ? await deepPosition(sort) : undefined;
      const plan = await planOfPage({ sort, from, backwards });
      expect(plan).toEqual({
        kinds: ['Limit', expect.stringMatching(/Index Scan/)],
        indexes: [indexOf[sort]],
        rowsRead: limit + 1,
      });
    });

    test('of a person with several organizations merges a page of each', async () => {
      const plan = await planOfPage({
        sort,
        tenancy: [large, ...small.slice(0, 2)],
        from: await deepPosition(sort),
      });
      expect(plan.kinds).not.toContain('Seq Scan');
      expect(plan.rowsRead).toBeLessThanOrEqual(2 * 3 * (limit + 1));
    });
  });
});

test('the pages of several organizations follow each other as one list would', async () => {
  const three = small.slice(0, 3);
  const single = await Promise.all(three.map((id) => selectClientPage(db, page({ tenancy: [id], limit: 2000 }))));
  const all = single
    .flat()
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.clientId < b.clientId ? 1 : -1));
  const walked: string[] = [];
  let from: Page['from'];
  for (let n = 0; n < 4; n++) {
    const rows = (await selectClientPage(db, page({ tenancy: three, from }))).slice(0, limit);
    walked.push(...rows.map(({ clientId }) => clientId));
    from = positionOf(rows.at(-1));
  }
  expect(walked).toEqual(all.slice(0, 4 * limit).map(({ clientId }) => clientId));
  const back = await selectClientPage(db, page({ tenancy: three, from, backwards: true }));
  expect(back.slice(0, limit - 1).map(({ clientId }) => clientId)).toEqual(walked.slice(-limit, -1).reverse());
});

describe('filters', () => {
  const filters: [string, ClientFilter, number][] = [
    ['common', { applicationType: 'web', status: 'active' }, 500],
    ['rare', { status: 'suspended' }, 10_000],
    ['of one product', { productId: 1 }, 500],
    ['of whom created it', { createdBy: 'usr_0000000000000000' }, 500],
    ['one by its id', { clientId: crypto.randomUUID() }, 1],
    ['some by their ids', { clientIds: Array.from({ length: 50 }, () => crypto.randomUUID()) }, 50],
  ];
  test.each(filters)('%s: no more is read than the organization has', async (_, filter, most) => {
    const plan = await planOfPage({ filter });
    expect(plan.kinds).not.toContain('Seq Scan');
    expect(plan.rowsRead).toBeLessThanOrEqual(most);
  });
});

describe('name contains', () => {
  const words: [string, string, number][] = [
    ['a word of few', 'xylograph', 1500],
    ['a word of many', 'smart', 10_000],
    ['a word of none', 'qqqqq', 100],
    ['a part of a word', 'dashb', 5000],
    ['what stands for anything in a pattern', '%_\\', 10_000],
  ];
  describe.each(words)('%s', (_, nameContains, most) => {
    test.each(Object.keys(indexOf) as ClientSort[])('sorted by %s', async (sort) => {
      for (const tenancy of [[large], small.slice(0, 1)]) {
        const plan = await planOfPage({ sort, tenancy, filter: { nameContains } });
        expect(plan.kinds).not.toContain('Seq Scan');
        expect(plan.rowsRead).toBeLessThanOrEqual(most);
      }
    });

    test('uses the same plan at the twentieth run of a connection as at the first', async () => {
      const took: number[] = [];
      for (let run = 0; run < 20; run++) {
        const began = performance.now();
        await selectClientPage(db, page({ filter: { nameContains } }));
        took.push(performance.now() - began);
        await countClients(db, { tenancy: [large], filter: { nameContains }, atMost: 1000 });
      }
      const kept = await db.execute(sql`select statement from pg_prepared_statements where statement like '%clients%'`);
      expect([...kept]).toEqual([]);
      // Quickest against quickest: a plan for any word is slow each time from the sixth run on, a busy machine only now and then.
      expect(Math.min(...took.slice(10))).toBeLessThan(3 * Math.min(...took.slice(0, 5)) + 10);
    });
  });
});

describe('the count', () => {
  test('stops at the given limit', async () => {
    expect(await countClients(db, { tenancy: [large], filter: {}, atMost: 1000 })).toBe(1000);
    const few = await countClients(db, { tenancy: small.slice(0, 1), filter: {}, atMost: 10_000 });
    expect(few).toBe(await db.$count(clients, eq(clients.organizationId, small[0] ?? '')));
  });
});

describe('a page by its number', () => {
  const numbered = (filter: ClientFilter, offset: number) =>
    selectNumberedClientPage(db, { tenancy: [large], filter, limit, offset });

  test.each([
    ['the first', 0],
    ['a far one', 9000],
  ])('%s: what is read is the organization’s own, and the rows of the page', async (_, offset) => {
    const plan = await planOf(numbered({}, offset).getSQL());
    expect(plan.kinds).not.toContain('Seq Scan');
    expect(plan.indexes).toContain('clients_by_created');
    expect(plan.rowsRead).toBeLessThanOrEqual(2 * 10_500 + limit);
  });

  test.each<[string, ClientFilter, number]>([
    ['an exact name', { name: 'Nobody has this name' }, 10],
    ['a word of two letters', { nameContains: 'qz' }, 25_000],
    [
      'every filter',
      { name: 'x', nameContains: 'x', clientType: 'public', verified: false, grantType: 'client_credentials' },
      10,
    ],
  ])(
    '%s: no more is read than the organization has, once for the page and once for the count',
    async (_, filter, most) => {
      const plan = await planOf(numbered(filter, 0).getSQL());
      expect(plan.kinds).not.toContain('Seq Scan');
      expect(plan.rowsRead).toBeLessThanOrEqual(most);
    },
  );

  test('says how many there are, also where the page is empty, and each client once', async () => {
    const [organizationId = ''] = small;
    const total = await db.$count(clients, eq(clients.organizationId, organizationId));
    const at = (offset: number) =>
      selectNumberedClientPage(db, { tenancy: [organizationId], filter: {}, limit: 100, offset });
    const beyond = await at(total);
    expect(beyond).toEqual([{ total, client: null }]);
    const seen = new Set<string>();
    for (let offset = 0; offset < total; offset += 100)
      for (const { client } of await at(offset)) seen.add(client?.clientId ?? '');
    expect(seen.size).toBe(total);
  });
});
