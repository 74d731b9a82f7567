import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { artifacts } from '../schema/artifact.ts';

/**
 * Stores a person's answer to a pending interaction and removes the session noted at its start, because the answer names the person.
 * Returns false if it is already answered or expired.
 */
export async function answerInteraction(
  db: Db,
  { hashes, now }: { hashes: readonly string[]; now: Date },
  result: Record<string, unknown>,
): Promise<boolean> {
  const answered = await db
    .update(artifacts)
    .set({ payload: sql`(${artifacts.payload} - 'session') || ${JSON.stringify({ result })}::jsonb` })
    .where(
      and(
        inArray(artifacts.hash, [...hashes]),
        eq(artifacts.kind, 'Interaction'),
        gt(artifacts.expiresAt, now),
        sql`not ${artifacts.payload} ? 'result'`,
      ),
    )
    .returning({ kind: artifacts.kind });
  return answered.length > 0;
}
