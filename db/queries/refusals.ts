import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { refusals } from '../schema/refusal.ts';
import { inSteps } from './in-steps.ts';

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
 * Keeps a refusal, or counts it where the same one, by its reference, is kept; in one statement, whoever else notes it at the same time.
 * False for a client that is not there, and for one that has `most` already: a stranger fills nobody's list without end.
 */
export async function keepRefusal(db: Db, row: NewRefusal, most: number): Promise<boolean> {
  const kept = await db.execute(sql`
    insert into ${refusals} as kept (reference, client_id, error, description, redirect_uri, had_query)
    select ${row.reference}, c.client_id, ${row.error}, ${row.description}, ${row.redirectUri}, ${row.hadQuery}
    from ${clients} as c where c.client_id = ${row.clientId}::uuid and (
      exists (select 1 from ${refusals} as r where r.reference = ${row.reference})
      or (select count(*) from ${refusals} as r where r.client_id = c.client_id) < ${most})
    on conflict (reference) do update set times = least(kept.times::bigint + 1, 2147483647)::int,
      description = excluded.description, last_at = excluded.last_at
    returning 1`);
  return kept.length > 0;
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

/** Deletes those that were not repeated since `moment`; answers how many. */
export function deleteRefusalsBefore(db: Db, moment: Date): Promise<number> {
  return inSteps(db, (db, limit) => {
    const some = db
      .select({ reference: refusals.reference })
      .from(refusals)
      .where(lt(refusals.lastAt, moment))
      .orderBy(refusals.lastAt)
      .limit(limit)
      .for('update', { skipLocked: true });
    return db.delete(refusals).where(inArray(refusals.reference, some));
  });
}
