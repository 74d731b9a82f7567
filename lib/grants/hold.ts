import { holdOwnGrant, type OfPerson, selectOwnGrant } from '#db/queries/own-grants';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { isUuid } from '../uuid.ts';

/** One of the person's own, held until the transaction ends: no token is given under it meanwhile. Throws `not_found`. */
export async function holdGrant(tx: Context, own: OfPerson, grantId: string) {
  const row = isUuid(grantId) ? await findHeldGrant(tx, own, grantId) : undefined;
  if (!row) throw notFound('Grant');
  return row;
}

/** As `holdGrant`; undefined when it is not there. */
export async function findHeldGrant(tx: Context, own: OfPerson, grantId: string) {
  const held = await holdOwnGrant(tx.db, own, grantId);
  return held ? selectOwnGrant(tx.db, own, { id: grantId }, new Date()) : undefined;
}
