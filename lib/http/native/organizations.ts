import {
  type organizationOperations,
  writeListedProduct,
  writeOrganization,
  writeProduct,
} from '#lib/dialects/native/index';
import type { Context } from '#lib/kernel/context';
import { notFound } from '#lib/kernel/errors';
import { getOrganization, listOrganizations, removeOrganization, renameOrganization } from '#lib/organizations/index';
import {
  createProduct,
  findProduct,
  listProducts,
  type Product,
  removeProduct,
  renameProduct,
} from '#lib/products/index';
import type { Handlers } from './handler.ts';

export const organizations: Handlers<typeof organizationOperations> = {
  async listOrganizations({ ctx }) {
    return { body: { items: (await listOrganizations(ctx)).map(writeOrganization) } };
  },

  async getOrganization({ ctx, params }) {
    return { body: writeOrganization(await getOrganization(ctx, params.organization_id)) };
  },

  async updateOrganization({ ctx, params, body }) {
    return { body: writeOrganization(await renameOrganization(ctx, params.organization_id, body.name)) };
  },

  async deleteOrganization({ ctx, params }) {
    await removeOrganization(ctx, params.organization_id);
    return { body: undefined };
  },

  async listProducts({ ctx, params }) {
    return { body: { items: (await listProducts(ctx, params.organization_id)).map(writeListedProduct) } };
  },

  async createProduct({ ctx, params, body }) {
    const { organization_id: organizationId } = params;
    const product = await createProduct(ctx, { organizationId, ...body });
    const location = `/api/v1/organizations/${organizationId}/products/${product.id}`;
    return { body: writeProduct(product), headers: { location } };
  },

  async getProduct({ ctx, params }) {
    return { body: writeProduct(await getProduct(ctx, params)) };
  },

  async updateProduct({ ctx, params, body }) {
    const { organizationId, id } = await getProduct(ctx, params);
    return { body: writeProduct(await renameProduct(ctx, organizationId, id, body.name)) };
  },

  async deleteProduct({ ctx, params }) {
    const { organizationId, id } = await getProduct(ctx, params);
    await removeProduct(ctx, organizationId, id);
    return { body: undefined };
  },
};

/** Gets the product by its id or slug. */
async function getProduct(ctx: Context, named: { organization_id: string; product: string }): Promise<Product> {
  const product = await findProduct(ctx, named.organization_id, named.product);
  if (!product) throw notFound('Product');
  return product;
}
