import { and, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { refusals } from '../schema/refusal.ts';
import { deletePast } from './in-steps.ts';

const columns = {
  reference: refusals.reference,
  clientId: refusals.clientId,
  endpoint: refusals.endpoint,
  reason: refusals.reason,
  error: refusals.error,
  description: refusals.description,
  asked: refusals.asked,
  isRest: refusals.isRest,
  redirectUri: refusals.redirectUri,
  hadQuery: refusals.hadQuery,
  times: refusals.times,
  createdAt: refusals.createdAt,
  lastAt: refusals.lastAt,
};

export type NewRow = Pick<Row, 'reference' | 'clientId' | 'endpoint' | 'reason' | 'error' | 'description' | 'asked'> &
  Pick<Row, 'redirectUri' | 'hadQuery' | 'times'> & {
    /** The reference of the row for the rest. */
    restReference: string;
    /** The maximum number of a client's rows for one endpoint and reason, without the row for the rest. */
    most: number;
    /** Whether this row is the row for the rest. */
    isRest: boolean;
  };

type Row = Required<typeof refusals.$inferInsert>;

/**
 * Stores refusals in one statement that is safe under concurrency. A refusal whose reference is stored already is counted instead. A refusal of
 * an unknown client is not stored. A client that has `most` refusals of a kind gets one row for the rest, so that a stranger cannot fill the
 * list.
 */
export async function insertRefusals(db: Db, rows: readonly NewRow[]): Promise<void> {
  await db.execute(sql`
    with asked as (
      select n.*, exists (select 1 from ${refusals} as r where r.reference = n.reference) as is_known
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n("reference" text, "restReference" text, "clientId" uuid,
        "endpoint" text, "reason" text, "error" text, "description" text, "asked" text, "redirectUri" text, "hadQuery" boolean,
        "times" int, "most" int, "isRest" boolean)
      join ${clients} as c on c.client_id = n."clientId"
    ), placed as (
      select a.*, not "isRest" and (a.is_known or "most" >= (
          select count(*) from ${refusals} as r
          where r.client_id = a."clientId" and r.endpoint = a.endpoint and r.reason = a.reason and not r.is_rest
        ) + row_number() over (partition by "clientId", endpoint, reason, is_known, "isRest" order by reference)) as has_room
      from asked as a
    )
    insert into ${refusals} as kept
      (reference, client_id, endpoint, reason, is_rest, error, description, asked, redirect_uri, had_query, times)
    select case when has_room then reference else "restReference" end, "clientId", endpoint, reason, not has_room,
      max(error), max(description), max(asked), max("redirectUri"), bool_or("hadQuery"), sum("times")::int
    from placed group by 1, 2, 3, 4, 5 order by 1
    on conflict (reference) do update set times = least(kept.times::bigint + excluded.times, 2147483647)::int,
      description = excluded.description, asked = excluded.asked, redirect_uri = excluded.redirect_uri,
      last_at = date_trunc('milliseconds', now())`);
}

export async function selectRefusal(db: Db, reference: string) {
  const [row] = await db.select(columns).from(refusals).where(eq(refusals.reference, reference));
  return row;
}

/** The refusals of a client, latest first, older than `before`. */
export function selectRefusalsOf(
  db: Db,
  clientId: string,
  { limit, before }: { limit: number; before?: { lastAt: Date; reference: string } },
) {
  const behind =
    before &&
    sql`(${refusals.lastAt}, ${refusals.reference}) < (${before.lastAt.toISOString()}::timestamptz, ${before.reference})`;
  return db
    .select(columns)
    .from(refusals)
    .where(and(eq(refusals.clientId, clientId), behind))
    .orderBy(desc(refusals.lastAt), desc(refusals.reference))
    .limit(limit);
}

export async function deleteRefusal(db: Db, where: { clientId: string; reference: string }): Promise<void> {
  await db.delete(refusals).where(and(eq(refusals.clientId, where.clientId), eq(refusals.reference, where.reference)));
}

/** Deletes refusals whose last occurrence is before `moment`. Returns the count. */
export const deleteRefusalsBefore = (db: Db, moment: Date): Promise<number> =>
  deletePast(db, refusals, { key: refusals.reference, at: refusals.lastAt, moment });
