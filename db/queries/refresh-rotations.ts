import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { artifacts } from '../schema/artifact.ts';

/** Siblings are the refresh tokens of one authorization that replace the same one; they are replaced together. */
type Rotation = {
  /** Of the refresh token that is used. */
  hashes: readonly string[];
  familyId: string;
  /** How many replacements before it. */
  rotations: number;
  /** Names of its generation of siblings, and of the next one. */
  generation: string;
  nextGeneration: string;
  /** The thumbprint of the key that came along, if one did. */
  key: string | null;
  now: Date;
  /** When a generation must have been replaced, at the earliest, so that its tokens still answer. */
  graceBegan: Date;
  answersMax: number;
  expiresAt: Date;
};

/**
 * Replaces a refresh token and its siblings, in one statement, whichever process asks. Returns 0 for the first use of the generation, and
 * how often it has answered again for one within the grace; undefined where it must not answer.
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
