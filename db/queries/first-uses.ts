import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { artifacts } from '../schema/artifact.ts';

/** Stores the use of a one-time value until `expiresAt`; returns false if it was used already. One statement, so it is safe across processes. */
export async function insertFirstUse(
  db: Db,
  use: { hash: string; kind: string; expiresAt: Date; now: Date },
): Promise<boolean> {
  const noted = await db
    .insert(artifacts)
    .values({ hash: use.hash, kind: use.kind, payload: {}, expiresAt: use.expiresAt })
    .onConflictDoUpdate({
      target: artifacts.hash,
      set: { expiresAt: sql`excluded.expires_at` },
      setWhere: sql`${artifacts.expiresAt} <= ${use.now.toISOString()}::timestamptz`,
    })
    .returning({ kind: artifacts.kind });
  return noted.length > 0;
}
