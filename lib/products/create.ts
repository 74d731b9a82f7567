import { insertProduct } from '#db/queries/products';
import { recordAudit } from '../audit/index.ts';
import { checkedName } from '../checked-name.ts';
import { type Context, inTransaction } from '../context.ts';
import { RegistryError } from '../errors.ts';
import { lockAdministered } from '../organizations/index.ts';
import type { Product } from './product.ts';
import { judgeSlug, numberedSlug, slugFrom } from './slug.ts';

export type CreateProduct = { organizationId: string; name: string; slug?: string };

const sameNameMax = 100;

/**
 * Adds a product to an organization. Without a slug one is made from the name, numbered when it is taken.
 * Throws `forbidden`, `invalid_metadata`, and `conflict` when a chosen slug is taken.
 */
export async function createProduct(ctx: Context, input: CreateProduct): Promise<Product> {
  const { organizationId } = input;
  return inTransaction(ctx, async (tx) => {
    await lockAdministered(tx, organizationId);
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
