import { selectProduct } from '#db/queries/products';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { lockAdministered } from '../organizations/index.ts';

/** The product, held until the transaction ends, for an actor that administers its organization; else `forbidden` or `not_found`. */
export async function lockProduct(ctx: Context, organizationId: string, productId: number) {
  await lockAdministered(ctx, organizationId);
  const product = await selectProduct(ctx.db, { organizationId, productId, lock: true });
  if (!product) throw notFound('Product');
  return product;
}
