import { countPeopleOf, peopleMax, selectGrantOf } from '#db/queries/grants';
import {
  countOwnGrants,
  type GrantPosition,
  type GrantSort,
  type OfPerson,
  selectOwnGrant,
  selectOwnGrants,
} from '#db/queries/own-grants';
import { getOwnedClient } from '#lib/clients/index';
import { requirePerson, requireTokenScope } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { notFound } from '#lib/kernel/errors';
import { isUuid } from '#lib/kernel/values';
import type { ClientSnapshot, Described } from '#lib/metadata-documents/rules';
import type { PublicClient } from '#lib/public-info/index';

/** What the person has allowed this client so far, and what the client says of itself now. */
export function findGrant(ctx: Context, clientId: string): Promise<(Grant & { client: Described }) | undefined> {
  return selectGrantOf(ctx.db, { userId: requirePerson(ctx).userId, clientId });
}

/** What a person allowed a client. */
export type Grant = {
  id: string;
  userId: string;
  clientId: string;
  /** The person's organization in which the client acts for them; null once that is gone. */
  organizationId: string | null;
  scopes: string[];
  /** Scopes to which the person said no. */
  declined: string[];
  createdAt: Date;
  updatedAt: Date;
  lastUsedAt: Date | null;
  /** What the client said of itself when it was allowed; null where nobody asks. */
  snapshot: ClientSnapshot | null;
};

/** Whose word counts for where an app leads is the address that its answers go to: each https host among them, once. */
export function hostsOf(redirectUris: readonly string[]): string[] {
  const urls = redirectUris.flatMap((uri) => (URL.canParse(uri) ? new URL(uri) : []));
  return [...new Set(urls.filter(({ protocol }) => protocol === 'https:').map(({ host }) => host))];
}

/** Whose grants the actor may see: a person's own, and through a token those of its organization and of none. */
export function grantOwnerOf(ctx: Context, scope: 'grants:read' | 'grants:write'): OfPerson {
  const { userId, token } = requirePerson(ctx);
  requireTokenScope(ctx, scope, ...(scope === 'grants:read' ? (['grants:write'] as const) : []));
  return { userId, organizationId: token?.organizationId };
}

/** What a person allowed an app, as they look back at it. */
export type OwnGrant = {
  id: string;
  clientId: string;
  client: PublicClient;
  /** The hosts of the websites to which the app may have people sent; none for an app that is only on a device. */
  hosts: string[];
  /** The person's organization in which the app acts for them; null once that is gone. */
  organizationId: string | null;
  organizationName: string | null;
  scopes: string[];
  /** Scopes to which the person said no. */
  declined: string[];
  /** Access and refresh tokens that are good now. */
  liveTokens: number;
  createdAt: Date;
  updatedAt: Date;
  /** Known to the minute. */
  lastUsedAt: Date | null;
};

type Row = NonNullable<Awaited<ReturnType<typeof selectOwnGrant>>>;

export function toOwnGrant(row: Row): OwnGrant {
  const { userId: _user, publisherId: _by, redirectUris, optionalScopes: _optional, resources: _uris, ...grant } = row;
  return { ...grant, hosts: hostsOf(redirectUris) };
}

/** What the person has allowed that client; undefined when it is nothing. Throws `forbidden` for a token without `grants:read`. */
export async function findOwnGrantTo(ctx: Context, clientId: string): Promise<OwnGrant | undefined> {
  const own = grantOwnerOf(ctx, 'grants:read');
  const row = isUuid(clientId) ? await selectOwnGrant(ctx.db, own, { clientId }, new Date()) : undefined;
  return row && toOwnGrant(row);
}

/** One of the person's own by its id; anybody else's is not there. Throws `not_found`, `forbidden`. */
export async function getOwnGrant(ctx: Context, grantId: string): Promise<OwnGrant> {
  const own = grantOwnerOf(ctx, 'grants:read');
  const row = isUuid(grantId) ? await selectOwnGrant(ctx.db, own, { id: grantId }, new Date()) : undefined;
  if (!row) throw notFound('Grant');
  return toOwnGrant(row);
}

export type { GrantPosition, GrantSort };

export type GrantPage = {
  items: OwnGrant[];
  /** Where the next page begins; absent at the end. */
  next?: Required<GrantPosition> | undefined;
};

type GrantPageRequest = {
  /** By when it was first allowed, last changed or last used (allowed, where it never was); newest first. */
  sort?: GrantSort;
  /** Rows a page. */
  limit: number;
  /** Without an id: everything before that moment. */
  after?: GrantPosition | undefined;
};

const momentOf: Record<GrantSort, (grant: OwnGrant) => Date> = {
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  used: ({ lastUsedAt, createdAt }) => lastUsedAt ?? createdAt,
};

/** One page of what the person has allowed. Throws `unauthenticated`, or `forbidden` for a token without `grants:read`. */
export async function listOwnGrants(
  ctx: Context,
  { sort = 'created', limit, after }: GrantPageRequest,
): Promise<GrantPage> {
  const own = grantOwnerOf(ctx, 'grants:read');
  const rows = await selectOwnGrants(ctx.db, own, { sort, after, limit: limit + 1, now: new Date() });
  const items = rows.slice(0, limit).map(toOwnGrant);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, next: last && { at: momentOf[sort](last), id: last.id } };
}

/** At most `limit` of them after the first `offset`, newest first, and how many there are. Throws as `listOwnGrants`. */
export async function listOwnGrantsByNumber(
  ctx: Context,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ items: OwnGrant[]; total: number }> {
  const own = grantOwnerOf(ctx, 'grants:read');
  const [rows, total] = await Promise.all([
    selectOwnGrants(ctx.db, own, { limit, offset, now: new Date() }),
    countOwnGrants(ctx.db, own),
  ]);
  return { items: rows.map(toOwnGrant), total };
}

/**
 * Counts the people who allow a client that the actor sees; `isMore` if there are more than are counted.
 * @throws not_found
 */
export async function countPeople(ctx: Context, clientId: string): Promise<{ count: number; isMore: boolean }> {
  const client = await getOwnedClient(ctx, clientId);
  const count = await countPeopleOf(ctx.db, client.clientId);
  return { count, isMore: count === peopleMax };
}

/** How many people use an app, as a stranger may know: rounded down to 10, 20, 50, 100 …, so that nobody can be told by the count; 0 is fewer than ten. */
export function roundPeople(count: number): number {
  if (count < 10) return 0;
  const power = 10 ** Math.floor(Math.log10(count));
  const steps = [5 * power, 2 * power];
  return steps.find((step) => count >= step) ?? power;
}
