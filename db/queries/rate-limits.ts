import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { rateLimits } from '../schema/rate-limit.ts';
import { deletePast } from './in-steps.ts';

/** Adds one to the count of `key`; an expired window restarts. One statement, so it is safe across processes. */
export async function countUse(db: Db, key: string, now: Date, resetsAt: Date) {
  const [row] = await countUses(db, [{ key, resetsAt }], now);
  if (!row) throw new Error('the statement returned no row of the rate limit');
  return row;
}

/** Like `countUse`, for several different keys in one statement; the rows have the order of `entries`. */
export async function countUses(db: Db, entries: readonly { key: string; resetsAt: Date }[], now: Date) {
  const hasExpired = sql`${rateLimits.resetsAt} <= ${now.toISOString()}::timestamptz`;
  const rows = await db
    .insert(rateLimits)
    .values(entries.map(({ key, resetsAt }) => ({ key, count: 1, resetsAt })))
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        count: sql`case when ${hasExpired} then 1 else ${rateLimits.count} + 1 end`,
        resetsAt: sql`case when ${hasExpired} then excluded.resets_at else ${rateLimits.resetsAt} end`,
      },
    })
    .returning({ key: rateLimits.key, count: rateLimits.count, resetsAt: rateLimits.resetsAt });
  return entries.flatMap(({ key }) => rows.find((row) => row.key === key) ?? []);
}

/** Deletes expired windows; skips locked ones. Returns the count. */
export const deleteOldRateLimits = (db: Db, before: Date): Promise<number> =>
  deletePast(db, rateLimits, { key: rateLimits.key, at: rateLimits.resetsAt, moment: before });
