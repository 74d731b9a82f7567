import { selectProduct, selectProductBySlug, selectProducts } from '#db/queries/products';
import { powersIn, requireTokenScope } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { type Issue, notFound } from '#lib/kernel/errors';
import { normalized } from '#lib/kernel/values';
import { lockAdministeredOrganization } from '#lib/organizations/index';

/** Finds a product by its id or slug; a text of digits is an id. @throws not_found: the actor is not a member of the organization */
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

/** The products of an organization, by name; for every member. @throws not_found: the actor is not a member */
export async function listProducts(ctx: Context, organizationId: string): Promise<ListedProduct[]> {
  requireTokenScope(ctx, 'org:admin', 'clients:read', 'clients:write', 'read');
  powersIn(ctx, organizationId);
  return selectProducts(ctx.db, organizationId);
}

/** A part of an organization that may own clients. Some APIs identify it by its slug, others by its id. */
export type Product = {
  id: number;
  organizationId: string;
  slug: string;
  name: string;
  createdAt: Date;
};

export type ListedProduct = Product & { clientCount: number };

const slugLengthMax = 64;

const form = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A slug made from a name: `Crème & Co.` becomes `creme-co`; a name without a Latin letter becomes `product`. */
export function slugFrom(name: string): string {
  const words = normalized(name, 'NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, slugLengthMax)
    .replace(/^-+|-+$/g, '');
  if (words === '') return 'product';
  return isOnlyDigits(words) ? `product-${words.slice(0, slugLengthMax - 8)}` : words;
}

/** The slug with a number at its end, for another product with the same name. */
export function numberedSlug(slug: string, number: number): string {
  const ending = `-${number}`;
  return slug.slice(0, slugLengthMax - ending.length).replace(/-+$/, '') + ending;
}

/** Judges a slug that a person chose. Digits alone are refused, because they would be read as an id. */
export function judgeSlug(slug: string): Issue[] {
  const refuse = (message: string) => [{ field: 'slug', rule: 'slug', message }];
  if (slug.length > slugLengthMax) return refuse(`Shorten it to ${slugLengthMax} characters or fewer.`);
  if (!form.test(slug)) return refuse('Use small letters a–z, digits, and single hyphens between them.');
  return isOnlyDigits(slug) ? refuse('Use at least one letter, so that it cannot be taken for an id.') : [];
}

const isOnlyDigits = (text: string) => /^[0-9]+$/.test(text);

/** Locks a product until the transaction ends. @throws not_found; forbidden: the actor does not administer the organization */
export async function lockProduct(ctx: Context, organizationId: string, productId: number) {
  await lockAdministeredOrganization(ctx, organizationId);
  const product = await selectProduct(ctx.db, { organizationId, productId, lock: true });
  if (!product) throw notFound('Product');
  return product;
}
