import {
  type ClientFilter,
  type ClientPosition,
  type ClientSort,
  countClients,
  selectClientPage,
  selectNumberedClientPage,
} from '#db/queries/client-list';
import { organizationsOf, requireTokenScope, roleIn } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';
import type { Client } from './client.ts';

export type { ClientFilter, ClientPosition, ClientSort };

/** Characters of a search by name. Shorter texts cannot use the trigram index. */
export const nameContainsLengthMin = 3;

export type ClientPage = {
  items: Client[];
  /** Positions to pass as `after` and `before`; absent if there is no such page. */
  next?: ClientPosition | undefined;
  previous?: ClientPosition | undefined;
};

export type ClientPageRequest = {
  filter?: ClientFilter;
  sort?: ClientSort;
  /** Rows per page, 1 to 1 000. */
  limit: number;
  after?: ClientPosition | undefined;
  before?: ClientPosition | undefined;
};

/**
 * Returns a page of the clients of the actor's organizations. A filter with another organization returns an empty page.
 *
 * @throws forbidden: the token lacks the scope
 * @throws invalid_metadata: `nameContains` is too short
 */
export async function listClients(ctx: Context, request: ClientPageRequest): Promise<ClientPage> {
  const { filter = {}, sort = 'created', limit } = request;
  const backwards = request.before !== undefined;
  const from = request.before ?? request.after;
  requireLongEnough(filter);
  const rows = await selectClientPage(ctx.db, {
    tenancy: tenancyOfList(ctx, filter),
    filter,
    sort,
    limit,
    from,
    backwards,
  });
  const more = rows.length > limit;
  const shown = rows.slice(0, limit);
  if (backwards) shown.reverse();
  const position = (row: (typeof rows)[number] | undefined) => row && { key: row.sortKey, clientId: row.clientId };
  return {
    items: shown.map(({ sortKey: _, ...client }) => client),
    next: (backwards ? shown.length > 0 : more) ? position(shown.at(-1)) : undefined,
    previous: (backwards ? more : from !== undefined && shown.length > 0) ? position(shown[0]) : undefined,
  };
}

/**
 * Counts the clients that match, up to `atMost`.
 *
 * @throws forbidden, invalid_metadata: as `listClients`
 */
export async function countListedClients(ctx: Context, filter: ClientFilter, atMost: number): Promise<number> {
  requireLongEnough(filter);
  return countClients(ctx.db, { tenancy: tenancyOfList(ctx, filter), filter, atMost });
}

/**
 * Returns up to `limit` clients after the first `offset`, newest first, and the total count, for APIs that document both. These APIs
 * have no minimum length for `nameContains`.
 *
 * @throws forbidden: the token lacks the scope
 */
export async function listClientsByNumber(
  ctx: Context,
  { filter, limit, offset }: { filter: ClientFilter; limit: number; offset: number },
): Promise<{ items: Client[]; total: number }> {
  const rows = await selectNumberedClientPage(ctx.db, { tenancy: tenancyOfList(ctx, filter), filter, limit, offset });
  return { items: rows.flatMap(({ client }) => client ?? []), total: rows[0]?.total ?? 0 };
}

function requireLongEnough({ nameContains }: ClientFilter): void {
  if (nameContains === undefined || [...nameContains].length >= nameContainsLengthMin) return;
  throw new RegistryError('invalid_metadata', `Search for at least ${nameContainsLengthMin} characters.`, {
    field: 'nameContains',
  });
}

/**
 * Returns the organizations whose clients a list may contain.
 *
 * @throws forbidden: the token lacks the scope
 */
export function tenancyOfList(ctx: Context, { organizationId }: ClientFilter) {
  requireTokenScope(ctx, 'clients:read', 'clients:write', 'read');
  // An operator lists any organization that the filter names; without a filter, the operator's own organizations.
  return organizationId && roleIn(ctx.actor, organizationId) ? [organizationId] : organizationsOf(ctx.actor);
}

const rowsAtOnce = 1000;

/**
 * Yields every client that matches, oldest first, in batches of 1 000, for APIs without pages.
 *
 * @throws forbidden: the token lacks the scope
 */
export async function* listAllClients(ctx: Context, filter: ClientFilter): AsyncGenerator<Client[]> {
  const wanted = {
    tenancy: tenancyOfList(ctx, filter),
    filter,
    sort: 'created',
    limit: rowsAtOnce,
    backwards: true,
  } as const;
  for (let more = true, from: { key: string; clientId: string } | undefined; more; ) {
    const rows = await selectClientPage(ctx.db, { ...wanted, from });
    const shown = rows.slice(0, rowsAtOnce);
    yield shown.map(({ sortKey: _, ...client }) => client);
    const last = shown.at(-1);
    more = rows.length > rowsAtOnce;
    from = last && { key: last.sortKey, clientId: last.clientId };
  }
}
