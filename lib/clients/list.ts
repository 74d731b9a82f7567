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

/** Shorter words cannot use the trigram index. */
export const nameContainsLengthMin = 3;

export type ClientPage = {
  items: Client[];
  /** Where the next and the previous page begin; absent at the ends. */
  next?: ClientPosition;
  previous?: ClientPosition;
};

export type ClientPageRequest = {
  filter?: ClientFilter;
  sort?: ClientSort;
  /** Rows a page, 1 to 1 000. */
  limit: number;
  after?: ClientPosition;
  before?: ClientPosition;
};

/** One page of the clients that the actor's organizations own. A filter naming someone else's organization finds nothing. */
export async function listClients(ctx: Context, request: ClientPageRequest): Promise<ClientPage> {
  const { filter = {}, sort = 'created', limit } = request;
  const backwards = request.before !== undefined;
  const from = request.before ?? request.after;
  requireLongEnough(filter);
  const rows = await selectClientPage(ctx.db, { tenancy: listed(ctx, filter), filter, sort, limit, from, backwards });
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

/** How many clients match, counted no further than `atMost`. */
export async function countListedClients(ctx: Context, filter: ClientFilter, atMost: number): Promise<number> {
  requireLongEnough(filter);
  return countClients(ctx.db, { tenancy: listed(ctx, filter), filter, atMost });
}

/**
 * At most `limit` clients after the first `offset`, newest first, and how many there are in all, for APIs that promise both.
 * Their searches know no shortest word.
 */
export async function listClientsByNumber(
  ctx: Context,
  { filter, limit, offset }: { filter: ClientFilter; limit: number; offset: number },
): Promise<{ items: Client[]; total: number }> {
  const rows = await selectNumberedClientPage(ctx.db, { tenancy: listed(ctx, filter), filter, limit, offset });
  return { items: rows.flatMap(({ client }) => client ?? []), total: rows[0]?.total ?? 0 };
}

function requireLongEnough({ nameContains }: ClientFilter): void {
  if (nameContains === undefined || [...nameContains].length >= nameContainsLengthMin) return;
  throw new RegistryError('invalid_metadata', `Search for at least ${nameContainsLengthMin} characters.`, {
    field: 'nameContains',
  });
}

/** The organizations whose clients a list may hold. Throws `forbidden` for a token that may not list. */
export function listed(ctx: Context, { organizationId }: ClientFilter) {
  requireTokenScope(ctx, 'clients:read', 'clients:write', 'read');
  // An operator reads any one organization by naming it; without a name, its own.
  return organizationId && roleIn(ctx.actor, organizationId) ? [organizationId] : organizationsOf(ctx.actor);
}

const rowsAtOnce = 1000;

/** Every client that matches, oldest first, a thousand at a time: for APIs whose lists have no pages. */
export async function* listAllClients(ctx: Context, filter: ClientFilter): AsyncGenerator<Client[]> {
  const wanted = { tenancy: listed(ctx, filter), filter, sort: 'created', limit: rowsAtOnce, backwards: true } as const;
  for (let more = true, from: { key: string; clientId: string } | undefined; more; ) {
    const rows = await selectClientPage(ctx.db, { ...wanted, from });
    const shown = rows.slice(0, rowsAtOnce);
    yield shown.map(({ sortKey: _, ...client }) => client);
    const last = shown.at(-1);
    more = rows.length > rowsAtOnce;
    from = last && { key: last.sortKey, clientId: last.clientId };
  }
}
