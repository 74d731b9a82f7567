import { countPeopleOf, peopleMax, selectGrantOf } from '#db/queries/grants';
import {
  countOwnGrants,
  type GrantOwner,
  type GrantPosition,
  type GrantSort,
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

/** Finds the signed-in person's grant to a client, with the client's current description. */
export function findGrant(ctx: Context, clientId: string): Promise<(Grant & { client: Described }) | undefined> {
  return selectGrantOf(ctx.db, { userId: requirePerson(ctx).userId, clientId });
}

/** A person's grant to a client. */
export type Grant = {
  id: string;
  userId: string;
  clientId: string;
  /** The organization in which the client acts for the person; null after it is deleted. */
  organizationId: string | null;
  scopes: string[];
  /** Scopes that the person declined. */
  declined: string[];
  createdAt: Date;
  updatedAt: Date;
  lastUsedAt: Date | null;
  /** The client's description at the time of consent; null for a client without a metadata document. */
  snapshot: ClientSnapshot | null;
};

/** The hosts of a client's https redirect URIs, without duplicates. Pages show them as the websites that get the answers. */
export function hostsOf(redirectUris: readonly string[]): string[] {
  const urls = redirectUris.flatMap((uri) => (URL.canParse(uri) ? new URL(uri) : []));
  return [...new Set(urls.filter(({ protocol }) => protocol === 'https:').map(({ host }) => host))];
}

/**
 * The grants that the actor may see: the person's own; with a token, only the grants for its organization and for none.
 * @throws unauthenticated: nobody is signed in; forbidden: the actor is a program, or its token lacks the scope
 */
export function grantOwnerOf(ctx: Context, scope: 'grants:read' | 'grants:write'): GrantOwner {
  const { userId, token } = requirePerson(ctx);
  requireTokenScope(ctx, scope, ...(scope === 'grants:read' ? (['grants:write'] as const) : []));
  return { userId, organizationId: token?.organizationId };
}

/** A grant as its person sees it. */
export type OwnGrant = {
  id: string;
  clientId: string;
  client: PublicClient;
  /** The hosts of the app's https redirect URIs; empty for an app that is only on devices. */
  hosts: string[];
  /** The organization in which the app acts for the person; null after it is deleted. */
  organizationId: string | null;
  organizationName: string | null;
  scopes: string[];
  /** Scopes that the person declined. */
  declined: string[];
  /** The number of access and refresh tokens that are valid now. */
  liveTokens: number;
  createdAt: Date;
  updatedAt: Date;
  /** To the minute. */
  lastUsedAt: Date | null;
};

type Row = NonNullable<Awaited<ReturnType<typeof selectOwnGrant>>>;

export function toOwnGrant(row: Row): OwnGrant {
  const { userId: _user, publisherId: _by, redirectUris, optionalScopes: _optional, resources: _uris, ...grant } = row;
  return { ...grant, hosts: hostsOf(redirectUris) };
}

/** Finds the person's own grant to a client. @throws as `grantOwnerOf` */
export async function findOwnGrantTo(ctx: Context, clientId: string): Promise<OwnGrant | undefined> {
  const own = grantOwnerOf(ctx, 'grants:read');
  const row = isUuid(clientId) ? await selectOwnGrant(ctx.db, own, { clientId }, new Date()) : undefined;
  return row && toOwnGrant(row);
}

/** Gets one of the person's own grants by its id. @throws not_found: the person has no such grant; and as `grantOwnerOf` */
export async function getOwnGrant(ctx: Context, grantId: string): Promise<OwnGrant> {
  const own = grantOwnerOf(ctx, 'grants:read');
  const row = isUuid(grantId) ? await selectOwnGrant(ctx.db, own, { id: grantId }, new Date()) : undefined;
  if (!row) throw notFound('Grant');
  return toOwnGrant(row);
}

export type { GrantPosition, GrantSort };

export type GrantPage = {
  items: OwnGrant[];
  /** The position of the next page; absent on the last page. */
  next?: Required<GrantPosition> | undefined;
};

type GrantPageRequest = {
  /** By the time of the first consent, of the last change or of the last use (of the first consent, if never used); newest first. */
  sort?: GrantSort;
  /** The number of grants of a page. */
  limit: number;
  /** The page begins after this position. Without an id, it begins before this time. */
  after?: GrantPosition | undefined;
};

const sortTimeOf: Record<GrantSort, (grant: OwnGrant) => Date> = {
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  used: ({ lastUsedAt, createdAt }) => lastUsedAt ?? createdAt,
};

/** One page of the person's own grants. @throws as `grantOwnerOf` */
export async function listOwnGrants(
  ctx: Context,
  { sort = 'created', limit, after }: GrantPageRequest,
): Promise<GrantPage> {
  const own = grantOwnerOf(ctx, 'grants:read');
  const rows = await selectOwnGrants(ctx.db, own, { sort, after, limit: limit + 1, now: new Date() });
  const items = rows.slice(0, limit).map(toOwnGrant);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, next: last && { at: sortTimeOf[sort](last), id: last.id } };
}

/** The person's own grants by page number: at most `limit` after the first `offset`, newest first, and the total. @throws as `grantOwnerOf` */
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
 * Counts the people with a grant to a client. `isMore`: the count stopped at its maximum.
 * @throws not_found: the actor does not see the client
 */
export async function countPeople(ctx: Context, clientId: string): Promise<{ count: number; isMore: boolean }> {
  const client = await getOwnedClient(ctx, clientId);
  const count = await countPeopleOf(ctx.db, client.clientId);
  return { count, isMore: count === peopleMax };
}

/**
 * The number of people who use an app, as pages show it to anyone: rounded down to 10, 20, 50, 100 …, so that a change of it reveals nothing
 * about one person. 0 means fewer than ten.
 */
export function roundPeople(count: number): number {
  if (count < 10) return 0;
  const power = 10 ** Math.floor(Math.log10(count));
  const steps = [5 * power, 2 * power];
  return steps.find((step) => count >= step) ?? power;
}
