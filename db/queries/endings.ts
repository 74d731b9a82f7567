import { setTimeout as pause } from 'node:timers/promises';
import { and, arrayOverlaps, asc, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { artifacts } from '../schema/artifact.ts';
import { clients } from '../schema/client.ts';
import { endings } from '../schema/ending.ts';
import { grants } from '../schema/grant.ts';
import { inSteps, withRetries } from './in-steps.ts';

/** The columns that an artifact depends on; it ends with each of them. */
const columns = {
  client: artifacts.clientId,
  grant: artifacts.grantId,
  family: artifacts.familyId,
  user: artifacts.userId,
  session: artifacts.sessionId,
  secret: artifacts.secretId,
};
/** A person at a client: the ids of both, joined. */
const person = `'person:' || "artifacts"."client_id" || '/' || "artifacts"."user_id"`;

export type Ending = {
  of: keyof typeof columns | 'person';
  id: string;
  /** Only artifacts issued until this time, if the target may get new ones later. For `now`, the caller has locked the target's row, so that no artifact is issued meanwhile. */
  until?: Date | 'now' | null;
  kinds?: readonly string[];
  /** Only artifacts with at least one of these scopes. */
  scopes?: readonly string[];
};

// Raw SQL: Drizzle omits the table name in a select from one table.
const scopesOf = sql`string_to_array("artifacts"."payload" ->> 'scope', ' ')`;
const subjects = Object.entries(columns)
  .map(([of, { name }]) => `'${of}:' || "artifacts"."${name}"`)
  .concat(person);

/** A condition of every lookup: no ending applies to the artifact. */
export const notEnded = sql`not exists (
  select 1 from ${endings} as e where e.subject = any(array[${sql.raw(subjects.join(', '))}])
  and (e.until is null or "artifacts"."created_at" <= e.until)
  and (e.kinds is null or "artifacts"."kind" = any(e.kinds)) and (e.scopes is null or ${scopesOf} && e.scopes))`;

/** The grant under which the artifact was issued exists. */
export const grantExists = sql`("artifacts"."grant_id" is null
  or exists (select 1 from ${grants} as g where g.id = "artifacts"."grant_id"))`;

/** Ends artifacts with one row, in the caller's transaction; `clearEndings` deletes them after the commit. Returns the id of the ending. */
export async function insertEnding(db: Db, { of, id, until = null, kinds, scopes }: Ending): Promise<number> {
  const [made] = await db
    .insert(endings)
    .values({
      subject: `${of}:${id}`,
      until: until === 'now' ? sql`clock_timestamp()` : until,
      kinds: kinds && [...kinds],
      scopes: scopes && [...scopes],
    })
    .returning({ id: endings.id });
  if (!made) throw new Error('the ending was not stored');
  return made.id;
}

/** Like `insertEnding`, for those of `ids` that have artifacts. */
export async function insertEndingsOf(db: Db, of: 'client' | 'session', ids: readonly string[]): Promise<number[]> {
  const granted = sql`or exists (select 1 from ${grants} as g where g.client_id = ended.id)`;
  const made = await db.execute<{ id: string }>(sql`
    insert into ${endings} (subject) select ${`${of}:`} || ended.id from unnest(${sql.param([...ids])}::uuid[]) as ended (id)
    where exists (select 1 from ${artifacts} where ${columns[of]} = ended.id) ${of === 'client' ? granted : sql``} returning id`);
  return made.map(({ id }) => Number(id));
}

const isOfTarget = (of: Ending['of'], id: string): SQL | undefined => {
  if (of !== 'person') return eq(columns[of], id);
  const [clientId = '', userId = ''] = id.split('/');
  return and(eq(artifacts.clientId, clientId), eq(artifacts.userId, userId));
};

const isEndedBy = ({ of, id, until, kinds, scopes }: Ending): SQL | undefined =>
  and(
    isOfTarget(of, id),
    until instanceof Date ? lte(artifacts.createdAt, until) : undefined,
    kinds ? inArray(artifacts.kind, [...kinds]) : undefined,
    scopes ? arrayOverlaps(scopesOf, sql`${sql.param([...scopes])}::text[]`) : undefined,
  );

/**
 * The number of artifacts that an ending ends; with `liveAt`, only the artifacts that are neither expired nor used at that time. Returns
 * undefined if the count does not finish within the statement timeout.
 */
export async function countEnding(db: Db, ending: Ending, liveAt?: Date): Promise<number | undefined> {
  const live =
    liveAt && and(isNull(artifacts.consumedAt), or(isNull(artifacts.expiresAt), gt(artifacts.expiresAt, liveAt)));
  const counted = await withRetries(db, (db) => db.$count(artifacts, and(isEndedBy(ending), live)));
  return counted?.is;
}

/** Deletes the artifacts of these endings (without `ids`: of up to a hundred endings), and then the endings. Returns the number of deleted rows. */
export async function clearEndings(db: Db, ids?: readonly number[]): Promise<number> {
  const found = await db
    .select()
    .from(endings)
    .where(ids && inArray(endings.id, [...ids]))
    .orderBy(asc(endings.id))
    .limit(ids?.length ?? 100);
  let cleared = 0;
  // An ending that cannot be cleared now is left to the next sweep and does not block the others.
  for (const row of found) cleared += await clear(db, row).catch(() => 0);
  return cleared;
}

/** The maximum time that a caller waits for the deletion of ended rows. */
const clearingMs = 2000;

/** Like `clearEndings`, but waits at most two seconds and never fails; the sweep deletes the rest. */
export async function clearWithinSeconds(db: Db, ids: readonly number[]): Promise<void> {
  const cleared = clearEndings(db, ids).catch(() => undefined);
  await Promise.race([cleared, pause(clearingMs, undefined, { ref: false })]);
}

async function clear(db: Db, { id, subject, until, kinds, scopes }: typeof endings.$inferSelect): Promise<number> {
  const [of, ofId] = subject.split(/:(.*)/s) as [Ending['of'], string];
  const where = isEndedBy({ of, id: ofId, until, ...(kinds && { kinds }), ...(scopes && { scopes }) });
  let cleared = 0;
  // The second round finds rows that were being stored during the first.
  for (let round = -1; round !== 0; cleared += round) round = await deleteArtifacts(db, where);
  if (of === 'client') cleared += await deleteGrantsOfDeleted(db, ofId);
  await db.delete(endings).where(eq(endings.id, id));
  return cleared;
}

const deleteArtifacts = (db: Db, where: SQL | undefined) =>
  inSteps(db, (db, limit) => {
    const some = db.select({ hash: artifacts.hash }).from(artifacts).where(where).limit(limit).for('update');
    return db.delete(artifacts).where(inArray(artifacts.hash, some));
  });

const deleteGrantsOfDeleted = (db: Db, clientId: string) =>
  inSteps(db, (db, limit) => {
    const some = db
      .select({ id: grants.id })
      .from(grants)
      .where(
        and(
          eq(grants.clientId, clientId),
          sql`not exists (select 1 from ${clients} as c where c.client_id = ${clientId}::uuid)`,
        ),
      )
      .limit(limit)
      .for('update');
    return db.delete(grants).where(inArray(grants.id, some));
  });
