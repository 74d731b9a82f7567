import { and, asc, desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { domains } from '../schema/domain.ts';

const { createdAt: _at, ...columns } = getTableColumns(domains);

/** Returns undefined if an organization has it already. */
export async function insertDomain(db: Db, row: typeof domains.$inferInsert) {
  const [made] = await db.insert(domains).values(row).onConflictDoNothing().returning(columns);
  return made;
}

export async function selectDomain(db: Db, domain: string) {
  const [row] = await db.select(columns).from(domains).where(eq(domains.domain, domain));
  return row;
}

/** The domains of an organization, by name. */
export function selectDomains(db: Db, organizationId: string) {
  return db
    .select(columns)
    .from(domains)
    .where(eq(domains.organizationId, organizationId))
    .orderBy(asc(domains.domain));
}

/** The longest of `names` that is a verified domain of any organization. */
export async function selectLongestDomain(db: Db, names: readonly string[]) {
  const [row] = await db
    .select(columns)
    .from(domains)
    .where(inArray(domains.domain, [...names]))
    .orderBy(desc(sql`char_length(${domains.domain})`))
    .limit(1);
  return row;
}

/** Returns the deleted row. */
export async function deleteDomain(db: Db, where: { organizationId: string; domain: string }) {
  const [gone] = await db
    .delete(domains)
    .where(and(eq(domains.organizationId, where.organizationId), eq(domains.domain, where.domain)))
    .returning(columns);
  return gone;
}
