import { deleteClientRows } from '#db/queries/clients';
import { countSecretsOf } from '#db/queries/secrets';
import { requireTokenScope } from '../access.ts';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { clearLater } from '../endings/index.ts';
import { notFound, RegistryError } from '../errors.ts';
import { findOwnedClient } from './find.ts';
import type { OwnedClient } from './owned-client.ts';
import { requireVersion } from './require-version.ts';

/**
 * Deletes a client with its secrets, for good; only its history stays. Throws `not_found`, `forbidden`, and `conflict` when
 * `version` is not the stored one.
 */
export function removeClient(ctx: Context, clientId: string, { version }: { version?: number } = {}): Promise<void> {
  requireTokenScope(ctx, 'clients:write', 'write');
  return inTransaction(ctx, async (tx) => {
    const client = await findOwnedClient(tx, clientId, { lock: true });
    if (!client) throw notFound('Client');
    if (!client.may.remove) throw new RegistryError('forbidden', 'Your role does not let you delete this client.');
    requireVersion(client, version);
    await recordRemoval(tx, client);
    clearLater(tx, await deleteClientRows(tx.db, [client.clientId]));
  });
}

async function recordRemoval(ctx: Context, client: OwnedClient) {
  const secrets = await countSecretsOf(ctx.db, client.clientId);
  const { clientId, organizationId, name, status, redirectUris } = client;
  await recordAudit(ctx, {
    action: 'client.delete',
    organizationId,
    targetType: 'client',
    targetId: clientId,
    before: { name, status, redirectUris, secrets },
  });
}
