import { selectProduct } from '#db/queries/products';
import { powersIn, requireTokenScope } from '../access.ts';
import type { Context } from '../context.ts';
import { notFound, RegistryError } from '../errors.ts';

/** Throws unless the actor may change the organization's products: `not_found` for a stranger, else `forbidden`. */
export function requireProductPower(ctx: Context, organizationId: string): void {
  requireTokenScope(ctx, 'org:admin');
  if (!powersIn(ctx, organizationId).administer)
    throw new RegistryError('forbidden', 'Your role in this organization does not let you change its products.');
}

/** The product, its row locked until the transaction ends, or `not_found`. */
export async function getProductForUpdate(ctx: Context, organizationId: string, productId: number) {
  const product = await selectProduct(ctx.db, { organizationId, productId, lock: true });
  if (!product) throw notFound('Product');
  return product;
}
