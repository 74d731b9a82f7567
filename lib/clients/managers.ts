import { deleteManager, insertManager, selectManagers } from '#db/queries/client-managers';
import { recordAudit } from '#lib/audit/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';
import { getEditableClient, getOwnedClient } from './find.ts';

export type Manager = { userId: string; name: string; since: Date };

/**
 * Returns the members who may edit a client besides its creator.
 *
 * @throws not_found: the client does not exist or belongs to another organization
 */
export async function listManagers(ctx: Context, clientId: string): Promise<Manager[]> {
  const client = await getOwnedClient(ctx, clientId);
  return selectManagers(ctx.db, client.clientId);
}

/**
 * Allows a member of the client's organization to edit it.
 *
 * @throws not_found: the client does not exist or belongs to another organization
 * @throws forbidden: the actor neither created the client nor administers the organization
 * @throws invalid_metadata: the user is not a member of the organization
 */
export function addManager(ctx: Context, clientId: string, userId: string): Promise<void> {
  return change(ctx, clientId, userId, 'client.add_manager', async (tx, client) => {
    if (await insertManager(tx.db, { clientId, userId, organizationId: client.organizationId })) return;
    throw new RegistryError('invalid_metadata', 'Only a member of the organization can manage its apps.', {
      field: 'userId',
    });
  });
}

/**
 * Removes a manager. Has no effect on a user who is not one.
 *
 * @throws not_found, forbidden: as `addManager`
 */
export function removeManager(ctx: Context, clientId: string, userId: string): Promise<void> {
  return change(ctx, clientId, userId, 'client.remove_manager', (tx) => deleteManager(tx.db, { clientId, userId }));
}

function change(
  ctx: Context,
  clientId: string,
  userId: string,
  action: 'client.add_manager' | 'client.remove_manager',
  write: (tx: Context, client: { organizationId: string }) => Promise<void>,
): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const client = await getEditableClient(tx, clientId);
    if (!client.may.manage)
      throw new RegistryError('forbidden', 'Your role does not let you choose who manages this client.');
    await write(tx, client);
    const { organizationId } = client;
    await recordAudit(tx, { action, organizationId, targetType: 'client', targetId: clientId, after: { userId } });
  });
}
