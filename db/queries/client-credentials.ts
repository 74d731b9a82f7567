import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients, secrets } from '../schema/client.ts';
import { rateLimits } from '../schema/rate-limit.ts';

type LiveSecret = { id: string; hash: string; usedAt: string | null };

const liveSecrets = (now: Date) => sql<LiveSecret[]>`(
  select coalesce(json_agg(json_build_object('id', ${secrets.id}, 'hash', ${secrets.hash}, 'usedAt', ${secrets.lastUsedAt})), '[]')
  from ${secrets} where ${secrets.clientId} = ${clients.clientId} and ${secrets.revokedAt} is null
    and (${secrets.expiresAt} is null or ${secrets.expiresAt} > ${now.toISOString()}::timestamptz))`;

/**
 * An active client as the authorization server sees it, with the hashes of its live secrets: the one query that reads them for
 * that, used by one file. `blockedUntil` is set when the window of `failures.key` has more than `failures.max`.
 */
export async function selectClientToAuthenticate(
  db: Db,
  where: { clientId: string; now: Date; failures: { key: string; max: number } },
) {
  const { key, max } = where.failures;
  const blocked = sql<Date | null>`(select ${rateLimits.resetsAt} from ${rateLimits} where ${rateLimits.key} = ${key}
    and ${rateLimits.count} >= ${max} and ${rateLimits.resetsAt} > ${where.now.toISOString()}::timestamptz)`;
  const [row] = await db
    .select({
      clientId: clients.clientId,
      tokenEndpointAuthMethod: clients.tokenEndpointAuthMethod,
      grantTypes: clients.grantTypes,
      scopes: clients.scopes,
      allowedOrigins: clients.allowedOrigins,
      accessTokenLifetimeSeconds: clients.accessTokenLifetimeSeconds,
      secrets: liveSecrets(where.now),
      blockedUntil: blocked.mapWith(rateLimits.resetsAt),
    })
    .from(clients)
    .where(and(eq(clients.clientId, where.clientId), eq(clients.status, 'active')));
  return row;
}

/** Notes a use, unless one since `before` is noted already. One row a statement: none waits for another while it holds one. */
export async function touchSecret(db: Db, used: { secretId: string; clientId: string; now: Date; before: Date }) {
  await db
    .update(secrets)
    .set({ lastUsedAt: used.now })
    .where(
      and(eq(secrets.id, used.secretId), or(isNull(secrets.lastUsedAt), lt(secrets.lastUsedAt, used.before))),
    );
  await db
    .update(clients)
    .set({ lastUsedAt: used.now })
    .where(
      and(eq(clients.clientId, used.clientId), or(isNull(clients.lastUsedAt), lt(clients.lastUsedAt, used.before))),
    );
}
