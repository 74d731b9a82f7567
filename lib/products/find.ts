import { selectProduct, selectProductBySlug, selectProducts } from '#db/queries/products';
import { powersIn, requireTokenScope } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { type Issue, notFound } from '#lib/kernel/errors';
import { lockAdministeredOrganization } from '#lib/organizations/index';

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

/** Part of an organization that may own clients; some APIs speak of it by its slug, some by its id. */
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
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, slugLengthMax)
    .replace(/^-+|-+$/g, '');
  if (words === '') return 'product';
  return isOnlyDigits(words) ? `product-${words.slice(0, slugLengthMax - 8)}` : words;
}

/** The same slug with a number behind it, for the second product of that name. */
export function numberedSlug(slug: string, number: number): string {
  const ending = `-${number}`;
  return slug.slice(0, slugLengthMax - ending.length).replace(/-+$/, '') + ending;
}

/** A slug that someone chose. Digits alone would be read as an id. */
export function judgeSlug(slug: string): Issue[] {
  const refuse = (message: string) => [{ field: 'slug', rule: 'slug', message }];
  if (slug.length > slugLengthMax) return refuse(`Shorten it to ${slugLengthMax} characters or fewer.`);
  if (!form.test(slug)) return refuse('Use small letters a–z, digits, and single hyphens between them.');
  return isOnlyDigits(slug) ? refuse('Use at least one letter, so that it cannot be taken for an id.') : [];
}

const isOnlyDigits = (text: string) => /^[0-9]+$/.test(text);

/** The product, held until the transaction ends, for an actor that administers its organization; else `forbidden` or `not_found`. */
export async function lockProduct(ctx: Context, organizationId: string, productId: number) {
  await lockAdministeredOrganization(ctx, organizationId);
  const product = await selectProduct(ctx.db, { organizationId, productId, lock: true });
  if (!product) throw notFound('Product');
  return product;
}
