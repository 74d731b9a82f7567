import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { rateLimits } from '../schema/rate-limit.ts';
import { deletePast } from './in-steps.ts';

/** Counts one more under `key`; a window that is over begins anew. One statement, so right across processes. */
export async function countUnder(db: Db, key: string, now: Date, resetsAt: Date) {
  const [row] = await countUnderAll(db, [{ key, resetsAt }], now);
  if (!row) throw new Error('rate limit row vanished');
  return row;
}

/** As `countUnder`, for several different keys in one statement; the rows come in the order of `entries`. */
export async function countUnderAll(db: Db, entries: readonly { key: string; resetsAt: Date }[], now: Date) {
  const over = sql`${rateLimits.resetsAt} <= ${now.toISOString()}::timestamptz`;
  const rows = await db
    .insert(rateLimits)
    .values(entries.map(({ key, resetsAt }) => ({ key, count: 1, resetsAt })))
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        count: sql`case when ${over} then 1 else ${rateLimits.count} + 1 end`,
        resetsAt: sql`case when ${over} then excluded.resets_at else ${rateLimits.resetsAt} end`,
      },
    })
    .returning({ key: rateLimits.key, count: rateLimits.count, resetsAt: rateLimits.resetsAt });
  return entries.flatMap(({ key }) => rows.find((row) => row.key === key) ?? []);
}

/** Deletes windows that are over. It never waits for one that is being counted in. Returns the count. */
export const deleteOldRateLimits = (db: Db, before: Date): Promise<number> =>
  deletePast(db, rateLimits, { key: rateLimits.key, at: rateLimits.resetsAt, moment: before });
