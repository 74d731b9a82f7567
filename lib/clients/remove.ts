import { deleteClientRows, selectClientsToRemove } from '#db/queries/clients';
import { inSteps } from '#db/queries/in-steps';
import { countSecretsOf } from '#db/queries/secrets';
import { type AuditEntry, recordAudit } from '#lib/audit/index';
import { clearAfterCommit } from '#lib/endings/index';
import { powersIn, requirePerson, requireTokenScope } from '#lib/kernel/access';
import type { Provenance } from '#lib/kernel/actor';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { findOwnedClient, type OwnedClient, requireVersion } from './find.ts';

/**
 * Deletes a client and its secrets permanently; only its history stays.
 *
 * @throws not_found: the client does not exist or belongs to another organization
 * @throws forbidden: the actor may not delete the client
 * @throws conflict: the client has another version than `version`
 */
export function removeClient(ctx: Context, clientId: string, { version }: { version?: number } = {}): Promise<void> {
  requireTokenScope(ctx, 'clients:write', 'write');
  return inTransaction(ctx, async (tx) => {
    const client = await findOwnedClient(tx, clientId, { lock: true });
    if (!client) throw notFound('Client');
    if (!client.may.remove) throw new RegistryError('forbidden', 'Your role does not let you delete this client.');
    requireVersion(client, version);
    await recordRemoval(tx, client);
    clearAfterCommit(tx, await deleteClientRows(tx.db, [client.clientId]));
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

type Many = {
  organizationId: string;
  /** True: the clients of every member, for owners and admins only. False: those that the actor created. */
  all: boolean;
  /** Deletes only clients created through this API: its callers cannot see others. */
  provenance: Provenance;
};

/**
 * Deletes many clients of an organization. Returns the count.
 *
 * @throws not_found: the organization does not exist for the actor
 * @throws forbidden: the actor's role may not delete these clients, or the token lacks the scope
 */
export function removeClients(ctx: Context, input: Many): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    requireTokenScope(tx, 'clients:write', 'write');
    const { userId } = requirePerson(tx);
    const reach = powersIn(tx, input.organizationId).remove;
    if (reach === 'none' || (input.all && reach !== 'all'))
      throw new RegistryError('forbidden', 'Your role does not let you delete these clients.');
    const { organizationId, provenance } = input;
    const createdBy = input.all ? undefined : userId;
    return inSteps(tx.db, async (db, limit) => {
      const step = { ...tx, db };
      const rows = await selectClientsToRemove(db, { organizationId, provenance, createdBy, limit });
      await recordAudit(
        step,
        ...rows.map(
          ({ clientId, name, status }): AuditEntry => ({
            action: 'client.delete',
            organizationId,
            targetType: 'client',
            targetId: clientId,
            before: { name, status },
          }),
        ),
      );
      const clientIds = rows.map(({ clientId }) => clientId);
      clearAfterCommit(tx, await deleteClientRows(db, clientIds));
      return { count: clientIds.length };
    });
  });
}
