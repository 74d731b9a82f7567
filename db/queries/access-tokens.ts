import { and, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { artifacts } from '../schema/artifact.ts';
import { clients } from '../schema/client.ts';
import { grants } from '../schema/grant.ts';
import { members } from '../schema/organization.ts';
import { sessions, users } from '../schema/user.ts';
import { notEnded } from './endings.ts';

/** The organization in which a token acts: its client's, or for a first-party client the one that the person chose, if any. */
const organizationId = sql<string>`case when ${clients.firstParty} then coalesce(${grants.organizationId}, ${clients.organizationId})
  else ${clients.organizationId} end`;

/** A valid access token of an active client, with its enabled person and their current role, if it has a person. */
export async function selectAccessToken(db: Db, where: { kind: string; hashes: readonly string[]; now: Date }) {
  const { now } = where;
  const [row] = await db
    .select({
      clientId: clients.clientId,
      organizationId,
      audience: sql<string | null>`${artifacts.payload} ->> 'aud'`,
      scope: sql<string | null>`${artifacts.payload} ->> 'scope'`,
      /** The thumbprint of its DPoP key (RFC 9449). */
      keyThumbprint: sql<string | null>`${artifacts.payload} ->> 'jkt'`,
      isOfCertificate: sql<boolean>`${artifacts.payload} ? 'x5t#S256'`,
      expiresAt: artifacts.expiresAt,
      userId: users.id,
      emailVerifiedAt: users.emailVerifiedAt,
      role: members.role,
    })
    .from(artifacts)
    .innerJoin(clients, and(eq(clients.clientId, artifacts.clientId), eq(clients.status, 'active')))
    .leftJoin(grants, eq(grants.id, artifacts.grantId))
    .leftJoin(sessions, eq(sessions.id, artifacts.sessionId))
    .leftJoin(users, and(eq(users.id, artifacts.userId), isNull(users.disabledAt)))
    .leftJoin(members, and(eq(members.userId, users.id), eq(members.organizationId, organizationId)))
    .where(
      and(
        inArray(artifacts.hash, [...where.hashes]),
        eq(artifacts.kind, where.kind),
        gt(artifacts.expiresAt, now),
        or(isNull(artifacts.sessionId), and(isNull(sessions.endedAt), gt(sessions.expiresAt, now))),
        or(isNull(artifacts.grantId), isNotNull(grants.id)),
        notEnded,
      ),
    );
  return row;
}
