import { holdOwnGrant, type OfPerson, selectOwnGrant } from '#db/queries/own-grants';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { isUuid } from '../uuid.ts';

/** One of the person's own, held until the transaction ends: no token is given under it meanwhile. Throws `not_found`. */
export async function holdGrant(tx: Context, own: OfPerson, grantId: string) {
  const held = isUuid(grantId) && (await holdOwnGrant(tx.db, own, grantId));
  const row = held ? await selectOwnGrant(tx.db, own, { id: grantId }, new Date()) : undefined;
  if (!row) throw notFound('Grant');
  return row;
}
