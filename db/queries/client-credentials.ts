import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients, secrets } from '../schema/client.ts';
import { clientKeySets } from '../schema/client-key-set.ts';
import { rateLimits } from '../schema/rate-limit.ts';
import { registrations } from '../schema/registration.ts';

type LiveSecret = { id: string; hash: string; usedAt: string | null };

/** Raw SQL, because Drizzle omits table names in a select from one table. */
const liveSecrets = (now: Date) => sql<LiveSecret[]>`(
  select coalesce(json_agg(json_build_object('id', s.id, 'hash', s.hash, 'usedAt', s.last_used_at)), '[]')
  from ${secrets} as s where s.client_id = "clients"."client_id" and s.revoked_at is null
    and (s.expires_at is null or s.expires_at > ${now.toISOString()}::timestamptz))`;

const selfRegistered = sql<boolean>`("clients"."metadata_url" is not null or exists (
  select 1 from ${registrations} as r where r.client_id = "clients"."client_id" and r.open))`;

/** The client id at the authorization server: a UUID or the URL of a metadata document. */
export type ClientName = { clientId: string } | { metadataUrl: string };

/** A client with a metadata document is found only by its URL. */
export const clientNamed = (id: ClientName) =>
  'clientId' in id
    ? and(eq(clients.clientId, id.clientId), isNull(clients.metadataUrl))
    : eq(clients.metadataUrl, id.metadataUrl);

/**
 * An active client for the authorization server, with the hashes of its active secrets. This is the only query that reads the hashes for
 * authentication, and one file uses it. `blockedUntil` is set when the window of `failures.key` has more than `failures.max`.
 */
export async function selectClientToAuthenticate(
  db: Db,
  where: { id: ClientName; now: Date; failures: { key: string; max: number } },
) {
  const { key, max } = where.failures;
  const blocked = sql<Date | null>`(select r.resets_at from ${rateLimits} as r
    where r.key = ${key} and r.count >= ${max} and r.resets_at > ${where.now.toISOString()}::timestamptz)`;
  const [row] = await db
    .select({
      clientId: clients.clientId,
      /** The `client_id` of the protocol: its UUID, or the URL of its metadata document. */
      protocolId: sql<string>`coalesce("clients"."metadata_url", "clients"."client_id"::text)`,
      metadataUrl: clients.metadataUrl,
      name: clients.name,
      logoUri: clients.logoUri,
      organizationId: clients.organizationId,
      applicationType: clients.applicationType,
      provenance: clients.provenance,
      environment: clients.environment,
      tokenEndpointAuthMethod: clients.tokenEndpointAuthMethod,
      secretOptional: clients.secretOptional,
      requirePkce: clients.requirePkce,
      grantTypes: clients.grantTypes,
      scopes: clients.scopes,
      redirectUris: clients.redirectUris,
      allowedOrigins: clients.allowedOrigins,
      accessTokenLifetimeSeconds: clients.accessTokenLifetimeSeconds,
      jwks: clients.jwks,
      jwksUri: clients.jwksUri,
      /** The last key set fetched from `jwks_uri`. */
      fetchedKeys: clientKeySets.keys,
      fetchedKeysAt: clientKeySets.readAt,
      refreshTokenLifetimeSeconds: clients.refreshTokenLifetimeSeconds,
      openToOtherOrganizations: clients.openToOtherOrganizations,
      subjectType: clients.subjectType,
      sectorIdentifierUri: clients.sectorIdentifierUri,
      idTokenSignedResponseAlg: clients.idTokenSignedResponseAlg,
      userinfoSignedResponseAlg: clients.userinfoSignedResponseAlg,
      defaultMaxAgeSeconds: clients.defaultMaxAgeSeconds,
      requireAuthTime: clients.requireAuthTime,
      backchannelLogoutUri: clients.backchannelLogoutUri,
      backchannelLogoutSessionRequired: clients.backchannelLogoutSessionRequired,
      lastUsedAt: clients.lastUsedAt,
      requirePushedAuthorizationRequests: clients.requirePushedAuthorizationRequests,
      dpopBoundAccessTokens: clients.dpopBoundAccessTokens,
      selfRegistered,
      secrets: liveSecrets(where.now),
      blockedUntil: blocked.mapWith(rateLimits.resetsAt),
    })
    .from(clients)
    .leftJoin(
      clientKeySets,
      and(eq(clientKeySets.clientId, clients.clientId), eq(clientKeySets.jwksUri, clients.jwksUri)),
    )
    .where(and(clientNamed(where.id), eq(clients.status, 'active')));
  return row;
}

/** Stores the time of use, unless one since `before` is stored already. */
export async function touchSecret(
  db: Db,
  used: { secretId: string; clientId: string; now: Date; before: Date },
): Promise<void> {
  await db
    .update(secrets)
    .set({ lastUsedAt: used.now })
    .where(and(eq(secrets.id, used.secretId), or(isNull(secrets.lastUsedAt), lt(secrets.lastUsedAt, used.before))));
  await touchClient(db, used);
}

/** Like `touchSecret`, for a client that used no secret. */
export async function touchClient(db: Db, used: { clientId: string; now: Date; before: Date }) {
  await db
    .update(clients)
    .set({ lastUsedAt: used.now })
    .where(
      and(eq(clients.clientId, used.clientId), or(isNull(clients.lastUsedAt), lt(clients.lastUsedAt, used.before))),
    );
}
