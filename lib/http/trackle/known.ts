import type { Client } from '../../clients/rules.ts';
import { getOrganization } from '../../organizations/index.ts';
import { mayReadSealed, readSealedSecrets } from '../../secrets/index.ts';
import type { Caller } from './caller.ts';

/** The id by which this API knows the caller's organization. */
export async function orgIdOf({ ctx, organizationId }: Caller): Promise<string> {
  return (await getOrganization(ctx, organizationId)).externalId;
}

/** What is told of each client's secret: null where no readable copy is kept, undefined to a caller who may not see any. */
export async function secretsOf({ ctx, organizationId }: Caller, clients: readonly Client[]) {
  const secrets = await readSealedSecrets(ctx, clients);
  const none = mayReadSealed(ctx, organizationId) ? null : undefined;
  return ({ clientId }: Client): string | null | undefined => secrets.get(clientId) ?? none;
}
