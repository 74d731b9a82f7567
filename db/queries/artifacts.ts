import { and, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { artifacts } from '../schema/artifact.ts';
import { clients, secrets } from '../schema/client.ts';
import { endings } from '../schema/ending.ts';
import { grants } from '../schema/grant.ts';
import { sessions } from '../schema/user.ts';
import { clearWithinSeconds, type Ending, grantExists, insertEnding, notEnded } from './endings.ts';
import { deletePast, inSteps } from './in-steps.ts';

export type NewArtifact = {
  hash: string;
  kind: string;
  clientId: string | null;
  userId: string | null;
  grantId: string | null;
  familyId: string | null;
  sessionId: string | null;
  /** The session that must be valid when the artifact is stored, even if the artifact outlives it. */
  givenInSession: string | null;
  secretId: string | null;
  otherHash: string | null;
  payload: Record<string, unknown>;
  expiresAt: Date | null;
};

/** Merges the clients noted by concurrent requests of one session; back-channel logout needs all of them. */
const replaced = sql`case when ${artifacts}.kind <> 'Session' then excluded.payload else excluded.payload || jsonb_build_object('authorizations',
  coalesce(${artifacts}.payload -> 'authorizations', '{}') || coalesce(excluded.payload -> 'authorizations', '{}')) end`;

/**
 * Inserts an artifact, or replaces the one with this hash. It is stored only while the client, the presented secret, the grant, the
 * session and the authorization are valid. Their rows are locked, so a concurrent revocation runs before or after. Returns false if one is not valid.
 */
export async function upsertArtifact(db: Db, { payload, expiresAt, ...row }: NewArtifact): Promise<boolean> {
  const values = sql`${row.hash}, ${row.kind}, ${row.clientId}::uuid, ${row.userId}, ${row.grantId}::uuid, ${row.familyId},
    ${row.sessionId}::uuid, ${row.secretId}::uuid, ${row.otherHash}, ${JSON.stringify(payload)}::jsonb, ${expiresAt?.toISOString() ?? null}::timestamptz`;
  // An artifact of an existing authorization is derived from an earlier one: a code or a refresh token.
  const follows = row.familyId !== null && (row.kind === 'AccessToken' || row.kind === 'RefreshToken');
  // A scope may have been revoked since the grant was read.
  const carried = row.kind === 'AccessToken' && typeof payload.scope === 'string' ? payload.scope : '';
  const stored = await db.execute(sql`
    with client as materialized (
      select ${clients.clientId} from ${clients}
      where ${clients.clientId} = ${row.clientId}::uuid and ${clients.status} = 'active' for share
    ), secret as materialized (
      select ${secrets.id} from ${secrets} join client on true
      where ${secrets.id} = ${row.secretId}::uuid and ${secrets.revokedAt} is null for share of ${secrets}
    ), allowed as materialized (
      select ${grants.id} from ${grants}
      where ${grants.id} = ${row.grantId}::uuid and ${grants.scopes} @> array_remove(string_to_array(${carried}, ' '), '') for share
    ), session as materialized (
      select ${sessions.id} from ${sessions}
      where ${sessions.id} = ${row.givenInSession}::uuid and ${sessions.endedAt} is null for share
    ), source as materialized (
      select 1 from ${artifacts} as s where s.family_id = ${row.familyId} and s.kind in ('AuthorizationCode', 'DeviceCode', 'RefreshToken')
        and not exists (select 1 from ${endings} as e where e.subject = ${`family:${row.familyId}`})
      limit 1 for share
    )
    insert into ${artifacts} (hash, kind, client_id, user_id, grant_id, family_id, session_id, secret_id, other_hash, payload, expires_at)
    select ${values}
    where (${row.clientId}::uuid is null or exists (select 1 from client))
      and (${row.secretId}::uuid is null or exists (select 1 from secret))
      and (${row.grantId}::uuid is null or exists (select 1 from allowed))
      and (${row.givenInSession}::uuid is null or exists (select 1 from session))
      and (not ${follows} or exists (select 1 from source))
    on conflict (hash) do update set payload = ${replaced}, other_hash = excluded.other_hash, expires_at = excluded.expires_at
    returning 1`);
  return stored.length > 0;
}

const ofActiveClient = or(isNull(artifacts.clientId), eq(clients.status, 'active'));
const ofLiveSession = (now: Date) =>
  or(isNull(artifacts.sessionId), and(isNull(sessions.endedAt), gt(sessions.expiresAt, now)));
const notExpired = (now: Date) => or(isNull(artifacts.expiresAt), gt(artifacts.expiresAt, now));

async function selectArtifact(db: Db, where: SQL, now: Date) {
  const [row] = await db
    .select({ payload: artifacts.payload, consumedAt: artifacts.consumedAt })
    .from(artifacts)
    .leftJoin(clients, eq(clients.clientId, artifacts.clientId))
    .leftJoin(sessions, eq(sessions.id, artifacts.sessionId))
    .where(and(where, notExpired(now), ofActiveClient, ofLiveSession(now), grantExists, notEnded));
  return row;
}

/** An artifact by its hash; undefined if it is expired or ended, or if its client or session is not active. */
export function selectArtifactByHash(db: Db, where: { kind: string; hashes: readonly string[]; now: Date }) {
  const named = inArray(artifacts.hash, [...where.hashes]);
  return selectArtifact(db, sql`${named} and ${artifacts.kind} = ${where.kind}`, where.now);
}

/** Like `selectArtifactByHash`, by the artifact's second key. */
export function selectArtifactByOtherHash(db: Db, where: { kind: string; hashes: readonly string[]; now: Date }) {
  const named = inArray(artifacts.otherHash, [...where.hashes]);
  return selectArtifact(db, sql`${named} and ${artifacts.kind} = ${where.kind}`, where.now);
}

/** The client id of a token of any kind. */
export async function selectClientOfToken(db: Db, hashes: readonly string[]): Promise<string | undefined> {
  const kinds = ['AccessToken', 'ClientCredentials', 'RefreshToken'];
  const [row] = await db
    .select({ clientId: artifacts.clientId })
    .from(artifacts)
    .where(and(inArray(artifacts.hash, [...hashes]), inArray(artifacts.kind, kinds), notEnded));
  return row?.clientId ?? undefined;
}

/** Marks an artifact as used; returns false if it was used already. */
export async function consumeArtifact(db: Db, where: { kind: string; hashes: readonly string[]; now: Date }) {
  const taken = await db
    .update(artifacts)
    .set({ consumedAt: where.now })
    .where(
      and(inArray(artifacts.hash, [...where.hashes]), eq(artifacts.kind, where.kind), isNull(artifacts.consumedAt)),
    )
    .returning({ kind: artifacts.kind });
  return taken.length > 0;
}

/** Deletes an artifact; returns false if it does not exist. */
export async function deleteArtifact(db: Db, where: { kind: string; hashes: readonly string[] }): Promise<boolean> {
  const named = and(inArray(artifacts.hash, [...where.hashes]), eq(artifacts.kind, where.kind));
  return (await db.delete(artifacts).where(named)).count > 0;
}

/** Ends artifacts and then deletes them; for callers outside a transaction. */
export async function endArtifacts(db: Db, ending: Ending): Promise<void> {
  await clearWithinSeconds(db, [await insertEnding(db, ending)]);
}

/** Binds the artifacts of a person's previous session to their new session. `hash` is the hash of the new session's id. */
export async function moveToSession(
  db: Db,
  of: { from: string; to: string; hash: string; loginTs: number },
): Promise<void> {
  await inSteps(db, (db, limit) =>
    db.execute(sql`
    update ${artifacts} set session_id = ${of.to}::uuid,
      hash = case when kind = 'Session' then ${of.hash} else hash end,
      other_hash = case when kind = 'Session' then ${of.hash} else other_hash end,
      payload = payload || case when kind = 'Session'
        then jsonb_build_object('uid', ${of.to}::text, 'loginTs', ${of.loginTs}::bigint)
        else jsonb_build_object('sessionUid', ${of.to}::text) end
    where hash in (select hash from ${artifacts} where session_id = ${of.from}::uuid limit ${limit} for update)`),
  );
}

/** Ends the family of an artifact. */
export async function endFamilyOf(db: Db, where: { kind: string; hashes: readonly string[] }): Promise<void> {
  const [row] = await db
    .select({ familyId: artifacts.familyId })
    .from(artifacts)
    .where(and(inArray(artifacts.hash, [...where.hashes]), eq(artifacts.kind, where.kind)));
  if (row?.familyId) await endArtifacts(db, { of: 'family', id: row.familyId });
}

/** Deletes expired artifacts. Returns the count. */
export const deleteExpiredArtifacts = (db: Db, now: Date): Promise<number> =>
  deletePast(db, artifacts, { key: artifacts.hash, at: artifacts.expiresAt, moment: now });
