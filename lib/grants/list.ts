import { countOwnGrants, type GrantPosition, type GrantSort, selectOwnGrants } from '#db/queries/own-grants';
import type { Context } from '../context.ts';
import { ownFor } from './own.ts';
import { type OwnGrant, toOwnGrant } from './own-grant.ts';

export type { GrantPosition, GrantSort };

export type GrantPage = {
  items: OwnGrant[];
  /** Where the next page begins; absent at the end. */
  next?: Required<GrantPosition> | undefined;
};

export type GrantPageRequest = {
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
  const own = ownFor(ctx, 'grants:read');
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
  const own = ownFor(ctx, 'grants:read');
  const [rows, total] = await Promise.all([
    selectOwnGrants(ctx.db, own, { limit, offset, now: new Date() }),
    countOwnGrants(ctx.db, own),
  ]);
  return { items: rows.map(toOwnGrant), total };
}
