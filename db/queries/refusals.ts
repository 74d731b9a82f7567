import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { refusals } from '../schema/refusal.ts';

const columns = {
  reference: refusals.reference,
  clientId: refusals.clientId,
  error: refusals.error,
  description: refusals.description,
  redirectUri: refusals.redirectUri,
  hadQuery: refusals.hadQuery,
  times: refusals.times,
  createdAt: refusals.createdAt,
  lastAt: refusals.lastAt,
};

type NewRefusal = Pick<
  typeof refusals.$inferInsert,
  'reference' | 'clientId' | 'error' | 'description' | 'redirectUri' | 'hadQuery'
>;

/**
 * Keeps a refusal, or counts it where the same one is kept; answers its reference. Undefined for a client that is not there, and for
 * one that has `most` already: a stranger fills nobody's list without end.
 */
export async function keepRefusal(db: Db, row: NewRefusal, most: number): Promise<string | undefined> {
  // The last: of two that found none, one was first.
  return (await countRefusal(db, row)) ?? (await insertRefusal(db, row, most)) ?? (await countRefusal(db, row));
}

async function countRefusal(db: Db, { clientId, error, description, redirectUri, hadQuery }: NewRefusal) {
  const [counted] = await db
    .update(refusals)
    .set({
      times: sql`least(${refusals.times}::bigint + 1, 2147483647)::int`,
      description,
      lastAt: sql`date_trunc('milliseconds', now())`,
    })
    .where(
      and(
        eq(refusals.clientId, clientId),
        eq(refusals.error, error),
        eq(refusals.redirectUri, redirectUri),
        eq(refusals.hadQuery, hadQuery),
      ),
    )
    .returning({ reference: refusals.reference });
  return counted?.reference;
}

async function insertRefusal(db: Db, row: NewRefusal, most: number): Promise<string | undefined> {
  const [kept] = await db.execute<{ reference: string }>(sql`
    insert into ${refusals} (reference, client_id, error, description, redirect_uri, had_query)
    select ${row.reference}, c.client_id, ${row.error}, ${row.description}, ${row.redirectUri}, ${row.hadQuery}
    from ${clients} as c where c.client_id = ${row.clientId}::uuid
      and (select count(*) from ${refusals} as r where r.client_id = c.client_id) < ${most}
    on conflict do nothing
    returning reference`);
  return kept?.reference;
}

export async function selectRefusal(db: Db, reference: string) {
  const [row] = await db.select(columns).from(refusals).where(eq(refusals.reference, reference));
  return row;
}

/** Those of a client, the latest first. */
export function selectRefusalsOf(db: Db, clientId: string, limit: number) {
  return db
    .select(columns)
    .from(refusals)
    .where(eq(refusals.clientId, clientId))
    .orderBy(desc(refusals.lastAt), desc(refusals.reference))
    .limit(limit);
}

export async function deleteRefusal(db: Db, where: { clientId: string; reference: string }): Promise<void> {
  await db.delete(refusals).where(and(eq(refusals.clientId, where.clientId), eq(refusals.reference, where.reference)));
}

export async function deleteRefusalsBefore(db: Db, moment: Date): Promise<void> {
  await db.delete(refusals).where(lt(refusals.lastAt, moment));
}
