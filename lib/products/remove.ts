import { countClientsOfProduct, deleteProduct } from '#db/queries/products';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { RegistryError } from '../errors.ts';
import { lockProduct } from './lock.ts';

/** Removes a product that owns no client; `conflict` while it does. */
export async function removeProduct(ctx: Context, organizationId: string, productId: number): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const product = await lockProduct(tx, organizationId, productId);
    const clients = await countClientsOfProduct(tx.db, { organizationId, productId });
    if (clients > 0) {
      const apps = clients === 1 ? 'One app belongs' : `${clients} apps belong`;
      throw new RegistryError('conflict', `${apps} to this product. Move or delete them first.`);
    }
    await deleteProduct(tx.db, { organizationId, productId });
    await recordAudit(tx, {
      action: 'product.delete',
      organizationId,
      targetType: 'product',
      targetId: String(productId),
      before: { name: product.name, slug: product.slug },
    });
  });
}
