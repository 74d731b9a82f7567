import { and, eq, getTableColumns, inArray, ne, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clientManagers, clients } from '../schema/client.ts';
import { insertEndingsOf } from './endings.ts';
import { inSteps } from './in-steps.ts';

const { nameSkeleton: _skeleton, submissionId: _submission, ...columns } = getTableColumns(clients);

/** Whether there is a redirect URI and every one is https under a verified domain of the publisher. */
export const isVerified = sql<boolean>`is_verified_client(${clients.clientId}, ${clients.organizationId}, ${clients.metadataUrl}, ${clients.redirectUris})`;

export const isSelfRegistered = sql<boolean>`is_self_registered(${clients.clientId}, ${clients.metadataUrl})`;

/** Every column of a client that its organization may see, with derived values; secrets are another table. */
export const clientColumns = { ...columns, verified: isVerified, selfRegistered: isSelfRegistered };

export type NewClientRow = typeof clients.$inferInsert;

/** The organizations whose rows the caller may see; `'all'` is the operator's view. */
export type Tenancy = readonly string[] | 'all';

export function within(tenancy: Tenancy): SQL | undefined {
  if (tenancy === 'all') return undefined;
  return tenancy.length === 0 ? sql`false` : inArray(clients.organizationId, [...tenancy]);
}

/** Raw SQL: Drizzle omits table names in a select from one table, and both tables have a client_id. */
const managedBy = (userId: string | null) =>
  sql<boolean>`exists (select 1 from ${clientManagers} as m where m.client_id = "clients"."client_id" and m.user_id = ${userId})`;

/** The client, and whether `userId` is one of its managers; `lock` locks the row until the transaction ends. */
export async function selectClient(
  db: Db,
  where: { clientId: string; tenancy: Tenancy; userId: string | null; lock?: boolean },
) {
  const query = db
    .select({ ...clientColumns, managed: managedBy(where.userId) })
    .from(clients)
    .where(and(eq(clients.clientId, where.clientId), within(where.tenancy)));
  const [row] = await (where.lock ? query.for('update', { of: clients }) : query);
  return row;
}

/** Returns undefined if the form submission already created a client. */
export async function insertClient(db: Db, row: NewClientRow) {
  const [made] = await db
    .insert(clients)
    .values(row)
    .onConflictDoNothing({ target: clients.submissionId })
    .returning(clientColumns);
  return made;
}

/** A client with `clientColumns`. */
export type ClientRow = NonNullable<Awaited<ReturnType<typeof insertClient>>>;

export async function selectClientOfSubmission(db: Db, submissionId: string, userId: string) {
  const [row] = await db
    .select({ clientId: clients.clientId })
    .from(clients)
    .where(and(eq(clients.submissionId, submissionId), eq(clients.createdBy, userId)));
  return row;
}

/** Updates the row and increments its version; returns undefined if the row has another version than `version`. */
export async function updateClientRow(
  db: Db,
  where: { clientId: string; version: number },
  values: Partial<NewClientRow>,
) {
  const [row] = await db
    .update(clients)
    .set({ ...values, version: sql`${clients.version} + 1` })
    .where(and(eq(clients.clientId, where.clientId), eq(clients.version, where.version)))
    .returning(clientColumns);
  return row;
}

/** Deletes clients and ends their tokens and grants. Returns the ids of the endings. */
export async function deleteClientRows(db: Db, clientIds: readonly string[]): Promise<number[]> {
  const endingIds: number[] = [];
  let at = 0;
  await inSteps(db, async (db, limit) => {
    const some = clientIds.slice(at, at + limit);
    if (some.length > 0) await db.delete(clients).where(inArray(clients.clientId, some));
    endingIds.push(...(await insertEndingsOf(db, 'client', some)));
    at += some.length;
    return { count: some.length };
  });
  return endingIds;
}

/** Whether the publisher has a verified domain. Few have one, so this cheap check avoids `isVerified` for every namesake. */
const isOfProvedPublisher = sql`exists (select from domains where domains.organization_id = ${clients.organizationId})`;

/** The names of first-party apps of other organizations; there are few, because the operator chooses them. */
export function selectFirstPartyNames(db: Db, { except }: { except: string }) {
  return db
    .select({ name: clients.name, localized: clients.localized })
    .from(clients)
    .where(and(clients.firstParty, ne(clients.organizationId, except)));
}

/** A verified client of another organization with a look-alike name. */
export async function selectVerifiedNamesake(db: Db, { skeleton, except }: { skeleton: string; except: string }) {
  const [row] = await db
    .select({ clientId: clients.clientId })
    .from(clients)
    .where(and(eq(clients.nameSkeleton, skeleton), isOfProvedPublisher, isVerified, ne(clients.organizationId, except)))
    .limit(1);
  return row;
}

type Selection = {
  organizationId: string;
  provenance: ClientRow['provenance'];
  createdBy: string | undefined;
  limit: number;
};

/** A batch of clients to delete, locked until the transaction ends. */
export function selectClientsToRemove(db: Db, where: Selection) {
  return db
    .select({ clientId: clients.clientId, name: clients.name, status: clients.status })
    .from(clients)
    .where(
      and(
        eq(clients.organizationId, where.organizationId),
        eq(clients.provenance, where.provenance),
        where.createdBy === undefined ? undefined : eq(clients.createdBy, where.createdBy),
      ),
    )
    .orderBy(clients.clientId)
    .limit(where.limit)
    .for('update');
}
