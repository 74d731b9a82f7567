import { selectOwnGrant } from '#db/queries/own-grants';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { isUuid } from '../uuid.ts';
import { ownFor } from './own.ts';
import { type OwnGrant, toOwnGrant } from './own-grant.ts';

/** What the person has allowed that client; undefined when it is nothing. Throws `forbidden` for a token without `grants:read`. */
export async function findOwnGrantTo(ctx: Context, clientId: string): Promise<OwnGrant | undefined> {
  const own = ownFor(ctx, 'grants:read');
  const row = isUuid(clientId) ? await selectOwnGrant(ctx.db, own, { clientId }, new Date()) : undefined;
  return row && toOwnGrant(row);
}

/** One of the person's own by its id; anybody else's is not there. Throws `not_found`, `forbidden`. */
export async function getOwnGrant(ctx: Context, grantId: string): Promise<OwnGrant> {
  const own = ownFor(ctx, 'grants:read');
  const row = isUuid(grantId) ? await selectOwnGrant(ctx.db, own, { id: grantId }, new Date()) : undefined;
  if (!row) throw notFound('Grant');
  return toOwnGrant(row);
}
