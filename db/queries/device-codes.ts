import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { artifacts } from '../schema/artifact.ts';
import { clients } from '../schema/client.ts';
import { notEnded } from './endings.ts';
import { people } from './grants.ts';

type Named = { hashes: readonly string[]; now: Date };

/** A device's request that is neither answered nor expired. */
const waiting = ({ hashes, now }: Named): SQL | undefined =>
  and(
    inArray(artifacts.otherHash, [...hashes]),
    eq(artifacts.kind, 'DeviceCode'),
    sql`not ${artifacts.payload} ?| array['accountId', 'error']`,
    sql`(${artifacts.payload} ->> 'exp')::bigint > ${Math.floor(now.getTime() / 1000)}`,
    notEnded,
  );

/** The pending request with this user code, if its client is active, with the data for the consent page. */
export async function selectDeviceCode(db: Db, named: Named) {
  const [row] = await db
    .select({
      clientId: clients.clientId,
      organizationId: clients.organizationId,
      openToOtherOrganizations: clients.openToOtherOrganizations,
      grantTypes: clients.grantTypes,
      scopes: clients.scopes,
      optionalScopes: clients.optionalScopes,
      people,
      params: sql<Record<string, unknown>>`${artifacts.payload} -> 'params'`,
      /** The network of the device. */
      network: sql<string | null>`${artifacts.payload} #>> '{deviceInfo,network}'`,
    })
    .from(artifacts)
    .innerJoin(clients, and(eq(clients.clientId, artifacts.clientId), eq(clients.status, 'active')))
    .where(waiting(named));
  return row;
}

type Answer = { payload: Record<string, unknown>; userId?: string; grantId?: string; familyId?: string };

/** Stores the person's answer; returns false if the request is already answered or expired. */
export async function answerDeviceCode(db: Db, named: Named, { payload, ...person }: Answer): Promise<boolean> {
  const answered = await db
    .update(artifacts)
    .set({ ...person, payload: sql`${artifacts.payload} || ${JSON.stringify(payload)}::jsonb` })
    .where(waiting(named))
    .returning({ kind: artifacts.kind });
  return answered.length > 0;
}
