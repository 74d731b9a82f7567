import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { artifacts } from '../schema/artifact.ts';

/** Siblings are the refresh tokens of one authorization that replaced the same token; they are replaced together. */
type Rotation = {
  /** The hash of the used refresh token. */
  hashes: readonly string[];
  familyId: string;
  /** The number of earlier rotations. */
  rotations: number;
  /** The ids of its generation of siblings and of the next one. */
  generation: string;
  nextGeneration: string;
  /** The thumbprint of the DPoP key of the request, if any. */
  key: string | null;
  now: Date;
  /** Start of the grace period: the tokens of a generation replaced before this time are refused. */
  graceBegan: Date;
  answersMax: number;
  expiresAt: Date;
};

/**
 * Replaces a refresh token and its siblings, in one statement that is safe across processes. Returns 0 for the first use of the generation,
 * and the number of repeated uses for a use within the grace period; undefined if the use must be refused.
 */
export async function replaceRefreshToken(db: Db, of: Rotation): Promise<number | undefined> {
  const own = sql`hash = any(${sql.param([...of.hashes])}::text[])`;
  const now = sql`${of.now.toISOString()}::timestamptz`;
  const key = sql`${of.key}::text`;
  const [row] = await db.execute<{ again: number }>(sql`
    with replaced as (
      insert into ${artifacts} as g (hash, kind, payload, consumed_at, expires_at)
      select ${of.generation}, 'RefreshGeneration', jsonb_build_object('again', 0, 'key', ${key}), ${now},
        ${of.expiresAt.toISOString()}::timestamptz
      where exists (select 1 from ${artifacts} where ${own} and consumed_at is null)
        or exists (select 1 from ${artifacts} where hash = ${of.generation})
      on conflict (hash) do update set payload = g.payload || jsonb_build_object('again', (g.payload ->> 'again')::int + 1)
      where g.consumed_at > ${of.graceBegan.toISOString()}::timestamptz
        and (g.payload ->> 'again')::int < ${of.answersMax}
        and g.payload ->> 'key' is not distinct from ${key}
        and not exists (select 1 from ${artifacts} where hash = ${of.nextGeneration})
      returning (g.payload ->> 'again')::int as again
    ), siblings as (
      select hash from ${artifacts} where family_id = ${of.familyId} and kind = 'RefreshToken' and consumed_at is null
        and payload ->> 'rotations' = ${String(of.rotations)} and not ${own} for update skip locked
    ), marked as (
      update ${artifacts} set consumed_at = ${now}
      where consumed_at is null and (${own} or hash in (select hash from siblings)) and exists (select 1 from replaced)
    )
    select again from replaced`);
  return row?.again;
}
