import { updateProductName } from '#db/queries/products';
import { recordAudit } from '../audit/index.ts';
import { checkedName } from '../checked-name.ts';
import { type Context, inTransaction } from '../context.ts';
import { lockProduct } from './lock.ts';
import type { Product } from './product.ts';

/** Gives a product another name; its slug and id stay, since programs know it by them. */
export async function renameProduct(
  ctx: Context,
  organizationId: string,
  productId: number,
  rawName: string,
): Promise<Product> {
  return inTransaction(ctx, async (tx) => {
    const product = await lockProduct(tx, organizationId, productId);
    const name = checkedName(rawName);
    if (product.name === name) return product;
    await updateProductName(tx.db, { organizationId, productId }, name);
    await recordAudit(tx, {
      action: 'product.update',
      organizationId,
      targetType: 'product',
      targetId: String(productId),
      before: { name: product.name },
      after: { name },
    });
    return { ...product, name };
  });
}
