import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { artifacts } from '../schema/artifact.ts';

/** Notes the use of what may be used once until `expiresAt`; false when somebody was first. One statement, so right across processes. */
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
