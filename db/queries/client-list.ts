import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { clientColumns, isVerified, type Tenancy, within } from './clients.ts';

export type ClientSort = 'created' | 'name' | 'lastUsed';

/** The end of a page: the sort key of its last row as text, and the id of that row. */
export type ClientPosition = { key: string; clientId: string };

export type ClientFilter = {
  applicationType?: string | undefined;
  environment?: string | undefined;
  grantType?: string | undefined;
  status?: string | undefined;
  verified?: boolean | undefined;
  provenance?: string | undefined;
  clientType?: 'public' | 'confidential' | undefined;
  organizationId?: string | undefined;
  productId?: number | undefined;
  createdBy?: string | undefined;
  createdByClient?: string | undefined;
  clientId?: string | undefined;
  number?: number | undefined;
  clientIds?: readonly string[] | undefined;
  name?: string | undefined;
  nameContains?: string | undefined;
};

const never = sql`'-infinity'::timestamptz`;

/** One entry per sort order: the indexed expression, its direction, and the conversion of a position's key. */
const orders = {
  created: {
    key: sql`${clients.createdAt}`,
    descending: true,
    text: sql<string>`${clients.createdAt}::text`,
    read: (key: string) => sql`${key}::timestamptz`,
  },
  lastUsed: {
    key: sql`coalesce(${clients.lastUsedAt}, ${never})`,
    descending: true,
    text: sql<string>`coalesce(${clients.lastUsedAt}, ${never})::text`,
    read: (key: string) => sql`${key}::timestamptz`,
  },
  name: {
    key: sql`lower(${clients.name})`,
    descending: false,
    text: sql<string>`lower(${clients.name})`,
    read: (key: string) => sql`${key}`,
  },
} satisfies Record<ClientSort, unknown>;

function matching(filter: ClientFilter): (SQL | undefined)[] {
  const on = <T>(value: T | undefined, condition: (value: T) => SQL) =>
    value === undefined ? undefined : condition(value);
  return [
    on(filter.applicationType, (value) => sql`${clients.applicationType} = ${value}`),
    on(filter.environment, (value) => sql`${clients.environment} = ${value}`),
    on(filter.grantType, (value) => sql`${clients.grantTypes} @> ${sql.param([value], clients.grantTypes)}`),
    on(filter.status, (value) => sql`${clients.status} = ${value}`),
    on(filter.verified, (value) => sql`${isVerified} = ${value}`),
    on(filter.provenance, (value) => sql`${clients.provenance} = ${value}`),
    on(filter.clientType, (value) => sql`(${clients.tokenEndpointAuthMethod} = 'none') = ${value === 'public'}`),
    on(filter.organizationId, (value) => eq(clients.organizationId, value)),
    on(filter.productId, (value) => eq(clients.productId, value)),
    on(filter.createdBy, (value) => eq(clients.createdBy, value)),
    on(filter.createdByClient, (value) => eq(clients.createdByClient, value)),
    on(filter.clientId, (value) => eq(clients.clientId, value)),
    on(filter.number, (value) => eq(clients.number, value)),
    on(filter.clientIds, (value) => (value.length === 0 ? sql`false` : inArray(clients.clientId, [...value]))),
    // The index is on lower-case names.
    on(filter.name, (value) => sql`(lower(${clients.name}) = lower(${value}) and ${clients.name} = ${value})`),
    on(filter.nameContains, (value) => sql`lower(${clients.name}) like ${`%${escapeLike(value.toLowerCase())}%`}`),
  ];
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** The rows after (with `backwards`, before) a position, in display order. If there are more rows, it returns one more than `limit`. */
export function selectClientPage(
  db: Db,
  page: {
    tenancy: Tenancy;
    filter: ClientFilter;
    sort: ClientSort;
    limit: number;
    from?: ClientPosition | undefined;
    backwards?: boolean;
  },
) {
  const order = orders[page.sort];
  const descending = order.descending !== (page.backwards ?? false);
  const direction = descending ? desc : asc;
  const beyond = page.from
    ? sql`(${order.key}, ${clients.clientId}) ${sql.raw(descending ? '<' : '>')} (${order.read(page.from.key)}, ${page.from.clientId}::uuid)`
    : undefined;
  const ordered = sql`${direction(order.key)}, ${direction(clients.clientId)}`;
  const wanted = and(...matching(page.filter), beyond);
  // Not `.prepare(name)`d on purpose: from the sixth run on, PostgreSQL may use a generic plan for a prepared search
  // and scan a whole index. An unnamed statement is planned for its values each time.
  return db
    .select({ ...clientColumns, sortKey: order.text })
    .from(clients)
    .where(
      mergesPages(page)
        ? pageOfEach(page.tenancy, { wanted, ordered, limit: page.limit + 1 })
        : and(within(page.tenancy), wanted),
    )
    .orderBy(ordered)
    .limit(page.limit + 1);
}

/** The index has the order within one organization, not across several. A search starts from the trigram index instead. */
const mergesPages = (page: {
  tenancy: Tenancy;
  filter: ClientFilter;
}): page is { tenancy: readonly string[]; filter: ClientFilter } =>
  page.tenancy !== 'all' &&
  page.tenancy.length > 1 &&
  page.tenancy.length <= 20 &&
  page.filter.nameContains === undefined;

/** Reads one page for each organization and merges these pages into one. */
function pageOfEach(
  organizationIds: readonly string[],
  page: { wanted: SQL | undefined; ordered: SQL; limit: number },
): SQL {
  const pages = organizationIds.map(
    (id) =>
      sql`(select ${clients.clientId} from ${clients} where ${and(eq(clients.organizationId, id), page.wanted)} order by ${page.ordered} limit ${page.limit})`,
  );
  return sql`${clients.clientId} in (${sql.join(pages, sql` union all `)})`;
}

/** The number of matches, counted up to `atMost`, so that a list shows "10 000+" without a slow count. */
export async function countClients(
  db: Db,
  page: { tenancy: Tenancy; filter: ClientFilter; atMost: number },
): Promise<number> {
  const some = db
    .select({ one: sql`1`.as('one') })
    .from(clients)
    .where(and(within(page.tenancy), ...matching(page.filter)))
    .limit(page.atMost)
    .as('some');
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(some);
  return row?.count ?? 0;
}

/**
 * The rows of a numbered page, newest first, and the total, in one statement. An empty page is one row without a
 * client. Ids are paged before rows are read, so that a late page scans an index and not the rows before it.
 */
export function selectNumberedClientPage(
  db: Db,
  page: { tenancy: Tenancy; filter: ClientFilter; limit: number; offset: number },
) {
  const wanted = and(within(page.tenancy), ...matching(page.filter));
  const newestFirst = [desc(clients.createdAt), desc(clients.clientId)];
  const all = db
    .select({ total: sql<number>`count(*)::int`.as('total') })
    .from(clients)
    .where(wanted)
    .as('every');
  const ids = db
    .select({ clientId: clients.clientId })
    .from(clients)
    .where(wanted)
    .orderBy(...newestFirst)
    .limit(page.limit)
    .offset(page.offset)
    .as('ids');
  return db
    .select({ total: all.total, client: clientColumns })
    .from(all)
    .leftJoin(ids, sql`true`)
    .leftJoin(clients, eq(clients.clientId, ids.clientId))
    .orderBy(...newestFirst);
}
