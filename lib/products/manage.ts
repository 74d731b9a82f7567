import { countClientsOfProduct, deleteProduct, insertProduct, updateProductName } from '#db/queries/products';
import { recordAudit } from '#lib/audit/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';
import { checkedName } from '#lib/names/index';
import { lockAdministeredOrganization } from '#lib/organizations/index';
import { judgeSlug, lockProduct, numberedSlug, type Product, slugFrom } from './find.ts';

export type CreateProduct = { organizationId: string; name: string; slug?: string | undefined };

const sameNameMax = 100;

/**
 * Creates a product. Without a slug, one is made from the name, with a number if it is taken.
 * @throws not_found; forbidden: the actor is not an owner or admin; invalid_metadata; conflict: the chosen slug is taken
 */
export async function createProduct(ctx: Context, input: CreateProduct): Promise<Product> {
  const { organizationId } = input;
  return inTransaction(ctx, async (tx) => {
    await lockAdministeredOrganization(tx, organizationId);
    const name = checkedName(input.name);
    const issues = input.slug === undefined ? [] : judgeSlug(input.slug);
    if (issues[0]) throw new RegistryError('invalid_metadata', issues[0].message, { issues });
    const product = await insert(tx, { organizationId, name }, input.slug);
    await recordAudit(tx, {
      action: 'product.create',
      organizationId,
      targetType: 'product',
      targetId: String(product.id),
      after: { name, slug: product.slug },
    });
    return product;
  });
}

async function insert(ctx: Context, row: { organizationId: string; name: string }, chosen: string | undefined) {
  const first = chosen ?? slugFrom(row.name);
  for (let number = 1; number <= (chosen === undefined ? sameNameMax : 1); number++) {
    const slug = number === 1 ? first : numberedSlug(first, number);
    const product = await insertProduct(ctx.db, { ...row, slug });
    if (product) return product;
  }
  throw new RegistryError('conflict', 'The organization has a product with this slug already.', { field: 'slug' });
}

/** Renames a product. Its slug and id stay, because programs use them. @throws not_found; forbidden; invalid_metadata: the name breaks a rule */
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

/** Removes a product. @throws not_found; forbidden; conflict: clients belong to it */
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
