import { z } from 'zod';
import type { Organization } from '#lib/organizations/index';
import type { ListedProduct, Product } from '#lib/products/index';
import type { Operations } from '../operation.ts';
import { moment, unpagedList, uuid, writeMoment } from '../values.ts';

const anyUse = ['org:admin', 'clients:read', 'clients:write'] as const;
const admin = ['org:admin'] as const;
const one = '/organizations/{organization_id}';
const products = `${one}/products` as const;
const product = `${products}/{product}` as const;

const name = z.string().meta({ examples: ['Acme'] });
const organizationWire = z
  .strictObject({
    organization_id: uuid,
    name,
    number: z.int(),
    external_id: z.string(),
    parent_id: uuid.nullable(),
    is_personal: z.boolean(),
    created_at: moment,
  })
  .meta({ id: 'Organization' });

const productWire = z
  .strictObject({
    product_id: z.int(),
    organization_id: uuid,
    slug: z.string(),
    name,
    created_at: moment,
  })
  .meta({ id: 'Product' });
const listedProductWire = z.strictObject({ ...productWire.shape, client_count: z.int() }).meta({ id: 'ListedProduct' });

export const organizationOperations = {
  listOrganizations: {
    method: 'GET',
    path: '/organizations',
    group: 'Organizations',
    summary: 'List organizations',
    description: 'A token acts in one organization: that one. Making another takes a person who signs in.',
    access: anyUse,
    status: 200,
    answer: unpagedList(organizationWire).meta({ id: 'Organizations' }),
  },
  getOrganization: {
    method: 'GET',
    path: one,
    group: 'Organizations',
    summary: 'Read an organization',
    access: anyUse,
    status: 200,
    answer: organizationWire,
  },
  updateOrganization: {
    method: 'PATCH',
    path: one,
    group: 'Organizations',
    summary: 'Rename an organization',
    access: admin,
    body: z.strictObject({ name }).meta({ id: 'OrganizationPatch' }),
    media: 'merge_patch',
    status: 200,
    answer: organizationWire,
  },
  deleteOrganization: {
    method: 'DELETE',
    path: one,
    group: 'Organizations',
    summary: 'Delete an organization',
    description: 'For its owners, once it has no clients. The token that asks ends with it.',
    access: admin,
    status: 204,
    also: [409],
  },
  listProducts: {
    method: 'GET',
    path: products,
    group: 'Products',
    summary: 'List products',
    access: anyUse,
    status: 200,
    answer: unpagedList(listedProductWire).meta({ id: 'Products' }),
  },
  createProduct: {
    method: 'POST',
    path: products,
    group: 'Products',
    summary: 'Add a product',
    description: 'Without a slug one is made from the name.',
    access: admin,
    body: z.strictObject({ name, slug: z.string().optional() }).meta({ id: 'NewProduct' }),
    status: 201,
    answer: productWire,
    located: true,
    idempotent: true,
    also: [409],
  },
  getProduct: {
    method: 'GET',
    path: product,
    group: 'Products',
    summary: 'Read a product',
    description: 'By its id or its slug.',
    access: anyUse,
    status: 200,
    answer: productWire,
  },
  updateProduct: {
    method: 'PATCH',
    path: product,
    group: 'Products',
    summary: 'Rename a product',
    description: 'Its id and slug stay, since programs know it by them.',
    access: admin,
    body: z.strictObject({ name }).meta({ id: 'ProductPatch' }),
    media: 'merge_patch',
    status: 200,
    answer: productWire,
  },
  deleteProduct: {
    method: 'DELETE',
    path: product,
    group: 'Products',
    summary: 'Remove a product',
    description: 'Once it owns no client.',
    access: admin,
    status: 204,
    also: [409],
  },
} satisfies Operations;

export function writeOrganization(organization: Organization): z.input<typeof organizationWire> {
  return {
    organization_id: organization.id,
    name: organization.name,
    number: organization.number,
    external_id: organization.externalId,
    parent_id: organization.parentId,
    is_personal: organization.personalOf !== null,
    created_at: writeMoment(organization.createdAt),
  };
}

export function writeProduct(one: Product): z.input<typeof productWire> {
  return {
    product_id: one.id,
    organization_id: one.organizationId,
    slug: one.slug,
    name: one.name,
    created_at: writeMoment(one.createdAt),
  };
}

export const writeListedProduct = (one: ListedProduct): z.input<typeof listedProductWire> => ({
  ...writeProduct(one),
  client_count: one.clientCount,
});
