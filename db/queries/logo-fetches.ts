import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { logoFetches } from '../schema/logo-fetch.ts';

type Wanted = { clientId: string; logoUri: string };

const isOf = ({ clientId, logoUri }: Wanted) =>
  and(eq(logoFetches.clientId, clientId), eq(logoFetches.logoUri, logoUri));

/** Removes a logo that was fetched from another URL than the client's current `logo_uri`. */
export async function dropForeignLogo(db: Db, clientId: string): Promise<void> {
  await db
    .update(clients)
    .set({ logoHash: null, logoFetchedFrom: null })
    .where(and(eq(clients.clientId, clientId), sql`${clients.logoFetchedFrom} <> coalesce(${clients.logoUri}, '')`));
}

/** Requests a fetch of the client's `logo_uri`, if it has one and no logo yet. */
export async function insertLogoFetch(db: Db, clientId: string): Promise<void> {
  await db.execute(sql`
    insert into ${logoFetches} (client_id, logo_uri)
    select c.client_id, c.logo_uri from ${clients} as c
    where c.client_id = ${clientId} and c.logo_uri is not null and c.logo_hash is null
    on conflict (client_id) do update
    set logo_uri = excluded.logo_uri, attempts = excluded.attempts, next_at = excluded.next_at`);
}

/** Takes due fetches and postpones them until `again`, so that another process takes over if this one ends. */
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

/** Locks the client until the transaction ends, if it still has this `logo_uri` and no logo. */
export async function lockClientWithoutLogo(db: Db, { clientId, logoUri }: Wanted) {
  const [row] = await db
    .select({ organizationId: clients.organizationId, provenance: clients.provenance })
    .from(clients)
    .where(and(eq(clients.clientId, clientId), eq(clients.logoUri, logoUri), isNull(clients.logoHash)))
    .for('update');
  return row;
}

/** Does not increment the version, because nobody edited the client. */
export async function updateFetchedLogo(db: Db, { clientId, logoUri }: Wanted, logoHash: string): Promise<void> {
  await db.update(clients).set({ logoHash, logoFetchedFrom: logoUri }).where(eq(clients.clientId, clientId));
}

export async function deleteLogoFetch(db: Db, wanted: Wanted): Promise<void> {
  await db.delete(logoFetches).where(isOf(wanted));
}

export async function postponeLogoFetch(db: Db, wanted: Wanted, until: { nextAt: Date; attempts: number }) {
  await db.update(logoFetches).set(until).where(isOf(wanted));
}
