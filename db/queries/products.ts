import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { products } from '../schema/organization.ts';

const columns = getTableColumns(products);

type Owned = { organizationId: string; productId: number };
const isOwned = ({ organizationId, productId }: Owned) =>
  and(eq(products.organizationId, organizationId), eq(products.id, productId));

/** Returns undefined if the organization has this slug already. */
export async function insertProduct(db: Db, row: { organizationId: string; name: string; slug: string }) {
  const [made] = await db
    .insert(products)
    .values(row)
    .onConflictDoNothing({ target: [products.organizationId, products.slug] })
    .returning(columns);
  return made;
}

export async function selectProduct(db: Db, where: Owned & { lock?: boolean }) {
  const query = db.select(columns).from(products).where(isOwned(where));
  const [row] = await (where.lock ? query.for('update') : query);
  return row;
}

export async function selectProductBySlug(db: Db, where: { organizationId: string; slug: string }) {
  const [row] = await db
    .select(columns)
    .from(products)
    .where(and(eq(products.organizationId, where.organizationId), eq(products.slug, where.slug)));
  return row;
}

/** The products of an organization by name, each with its number of clients. */
export function selectProducts(db: Db, organizationId: string) {
  return db
    .select({
      ...columns,
      clientCount: sql<number>`(select count(*)::int from ${clients} where ${clients.productId} = ${products.id})`,
    })
    .from(products)
    .where(eq(products.organizationId, organizationId))
    .orderBy(asc(sql`lower(${products.name})`), asc(products.id));
}

export function countClientsOfProduct(db: Db, { organizationId, productId }: Owned): Promise<number> {
  return db.$count(clients, and(eq(clients.organizationId, organizationId), eq(clients.productId, productId)));
}

export async function updateProductName(db: Db, where: Owned, name: string): Promise<void> {
  await db.update(products).set({ name }).where(isOwned(where));
}

export async function deleteProduct(db: Db, where: Owned): Promise<void> {
  await db.delete(products).where(isOwned(where));
}
