import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { logoFetches } from '../schema/logo-fetch.ts';

type Wanted = { clientId: string; logoUri: string };

const isOf = ({ clientId, logoUri }: Wanted) =>
  and(eq(logoFetches.clientId, clientId), eq(logoFetches.logoUri, logoUri));

/** Takes away a logo that was fetched from another address than the client names now. */
export async function dropForeignLogo(db: Db, clientId: string): Promise<void> {
  await db
    .update(clients)
    .set({ logoHash: null, logoFetchedFrom: null })
    .where(and(eq(clients.clientId, clientId), sql`${clients.logoFetchedFrom} <> coalesce(${clients.logoUri}, '')`));
}

/** Notes that the logo at the client's address is to be fetched now, if the client names one and has none. */
export async function insertLogoFetch(db: Db, clientId: string): Promise<void> {
  await db.execute(sql`
    insert into ${logoFetches} (client_id, logo_uri)
    select c.client_id, c.logo_uri from ${clients} as c
    where c.client_id = ${clientId} and c.logo_uri is not null and c.logo_hash is null
    on conflict (client_id) do update
    set logo_uri = excluded.logo_uri, attempts = excluded.attempts, next_at = excluded.next_at`);
}

/** Takes some that are due, and puts them off until `again`: who takes them fetches them, and if that process ends another one does. */
export async function takeDueLogoFetches(db: Db, { now, again, limit }: { now: Date; again: Date; limit: number }) {
  const due = db
    .select({ clientId: logoFetches.clientId })
    .from(logoFetches)
    .where(lte(logoFetches.nextAt, now))
    .orderBy(logoFetches.nextAt)
    .limit(limit)
    .for('update', { skipLocked: true });
  const taken = await db
    .update(logoFetches)
    .set({ nextAt: again, attempts: sql`${logoFetches.attempts} + 1` })
    .where(inArray(logoFetches.clientId, due))
    .returning({ clientId: logoFetches.clientId });
  if (taken.length === 0) return [];
  return db
    .select({
      clientId: logoFetches.clientId,
      logoUri: logoFetches.logoUri,
      attempts: logoFetches.attempts,
      isWanted: sql<boolean>`(${clients.logoUri} is not distinct from ${logoFetches.logoUri} and ${clients.logoHash} is null)`,
    })
    .from(logoFetches)
    .innerJoin(clients, eq(clients.clientId, logoFetches.clientId))
    .where(
      inArray(
        logoFetches.clientId,
        taken.map(({ clientId }) => clientId),
      ),
    );
}

/** The client, held until the transaction ends, if it still names that address and has no logo. */
export async function lockClientWithoutLogo(db: Db, { clientId, logoUri }: Wanted) {
  const [row] = await db
    .select({ organizationId: clients.organizationId, provenance: clients.provenance })
    .from(clients)
    .where(and(eq(clients.clientId, clientId), eq(clients.logoUri, logoUri), isNull(clients.logoHash)))
    .for('update');
  return row;
}

/** Grows no version: nobody edited the client. */
export async function updateFetchedLogo(db: Db, { clientId, logoUri }: Wanted, logoHash: string): Promise<void> {
  await db.update(clients).set({ logoHash, logoFetchedFrom: logoUri }).where(eq(clients.clientId, clientId));
}

export async function deleteLogoFetch(db: Db, wanted: Wanted): Promise<void> {
  await db.delete(logoFetches).where(isOf(wanted));
}

export async function postponeLogoFetch(db: Db, wanted: Wanted, until: { nextAt: Date; attempts: number }) {
  await db.update(logoFetches).set(until).where(isOf(wanted));
}
