import { selectProduct, selectProductBySlug, selectProducts } from '#db/queries/products';
import { powersIn, requireTokenScope } from '../access.ts';
import type { Context } from '../context.ts';
import type { ListedProduct, Product } from './product.ts';
import { judgeSlug } from './slug.ts';

/** The product of one of the actor's organizations, by id or by slug (text of digits is an id), or undefined. */
export async function findProduct(
  ctx: Context,
  organizationId: string,
  idOrSlug: number | string,
): Promise<Product | undefined> {
  powersIn(ctx, organizationId);
  if (typeof idOrSlug === 'string' && !/^[0-9]+$/.test(idOrSlug))
    return judgeSlug(idOrSlug).length === 0
      ? selectProductBySlug(ctx.db, { organizationId, slug: idOrSlug })
      : undefined;
  const productId = Number(idOrSlug);
  if (productId < 1 || productId > 2 ** 31 - 1 || !Number.isInteger(productId)) return undefined;
  return selectProduct(ctx.db, { organizationId, productId });
}

/** The products of an organization by name; every member sees them. Throws `not_found` for a stranger. */
export async function listProducts(ctx: Context, organizationId: string): Promise<ListedProduct[]> {
  requireTokenScope(ctx, 'org:admin', 'clients:read', 'clients:write', 'read');
  powersIn(ctx, organizationId);
  return selectProducts(ctx.db, organizationId);
}
