import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { metadataDocuments } from '../schema/metadata-document.ts';
import { organizations } from '../schema/organization.ts';
import { registrations } from '../schema/registration.ts';

export async function insertRegistration(db: Db, row: typeof registrations.$inferInsert): Promise<void> {
  await db.insert(registrations).values(row);
}

/** The registration of this client, if its registration access token has one of these hashes. */
export async function selectRegistration(db: Db, where: { clientId: string; hashes: readonly string[] }) {
  const [row] = await db
    .select({
      clientId: registrations.clientId,
      organizationId: clients.organizationId,
      status: clients.status,
      open: registrations.open,
      softwareStatement: registrations.softwareStatement,
    })
    .from(registrations)
    .innerJoin(clients, eq(clients.clientId, registrations.clientId))
    .where(and(eq(registrations.clientId, where.clientId), inArray(registrations.hash, [...where.hashes])));
  return row;
}

export async function updateSoftwareStatement(db: Db, clientId: string, softwareStatement: string | null) {
  await db.update(registrations).set({ softwareStatement }).where(eq(registrations.clientId, clientId));
}

/** Other clients with the same `software_id`, oldest first. */
export function selectSameSoftware(db: Db, where: { softwareId: string; except: string; limit: number }) {
  return db
    .select({ clientId: clients.clientId, name: clients.name, redirectUris: clients.redirectUris })
    .from(clients)
    .where(and(eq(clients.softwareId, where.softwareId), ne(clients.clientId, where.except)))
    .orderBy(clients.createdAt)
    .limit(where.limit);
}

/** Self-registered clients (open registration or metadata document) without use since `before`; locks their rows. */
export function selectUnusedOpenClients(db: Db, where: { before: Date; limit: number }) {
  const before = where.before.toISOString();
  return db
    .select({ clientId: clients.clientId, organizationId: clients.organizationId, name: clients.name })
    .from(clients)
    .where(
      and(
        sql`${clients.clientId} in (
          select r.client_id from ${registrations} as r where r.open and r.created_at < ${before}::timestamptz
          union all select d.client_id from ${metadataDocuments} as d where d.read_at < ${before}::timestamptz)`,
        sql`coalesce(${clients.lastUsedAt}, ${clients.createdAt}) < ${before}::timestamptz`,
        eq(clients.status, 'active'),
      ),
    )
    .orderBy(clients.createdAt)
    .limit(where.limit)
    .for('update', { of: clients, skipLocked: true });
}

/** The organization with this external id. */
export async function selectOrganizationByExternalId(db: Db, externalId: string) {
  const [row] = await db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(eq(organizations.externalId, externalId));
  return row;
}

/** Like `selectOrganizationByExternalId`, but creates the organization if it does not exist. */
export async function ensureOrganization(db: Db, organization: { externalId: string; name: string }): Promise<string> {
  await db.insert(organizations).values(organization).onConflictDoNothing({ target: organizations.externalId });
  const row = await selectOrganizationByExternalId(db, organization.externalId);
  if (!row) throw new Error('organization was not stored');
  return row.id;
}
