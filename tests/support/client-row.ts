import type { Db } from '#db/client';
import { clients } from '#db/schema/client';

/** Inserts a client's row without the core's rules, for tests that read it. */
export async function aClientRow(
  db: Db,
  values: Partial<typeof clients.$inferInsert> & { organizationId: string },
): Promise<string> {
  const name = values.name ?? 'Ledger';
  const [row] = await db
    .insert(clients)
    .values({
      name,
      nameSkeleton: name,
      applicationType: 'web',
      environment: 'production',
      provenance: 'portal',
      tokenEndpointAuthMethod: 'client_secret_basic',
      requirePkce: true,
      accessTokenLifetimeSeconds: 3600,
      refreshTokenLifetimeSeconds: 86_400,
      ...values,
    })
    .returning({ clientId: clients.clientId });
  if (!row) throw new Error('no client');
  return row.clientId;
}
