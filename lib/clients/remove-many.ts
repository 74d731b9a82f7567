import { deleteClientRows, selectClientsToRemove } from '#db/queries/clients';
import { powersIn, requirePerson, requireTokenScope } from '../access.ts';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { RegistryError } from '../errors.ts';

/**
 * Deletes many clients of an organization at once: those the actor created or, with `all`, everybody's (owners and
 * admins only). Answers how many.
 */
export function removeClients(ctx: Context, input: { organizationId: string; all: boolean }): Promise<number> {
  requireTokenScope(ctx, 'clients:write', 'write');
  const { userId } = requirePerson(ctx);
  const reach = powersIn(ctx, input.organizationId).remove;
  if (reach === 'none' || (input.all && reach !== 'all'))
    throw new RegistryError('forbidden', 'Your role does not let you delete these clients.');
  return inTransaction(ctx, async (tx) => {
    const { organizationId } = input;
    const rows = await selectClientsToRemove(tx.db, { organizationId, createdBy: input.all ? undefined : userId });
    await recordAudit(
      tx,
      ...rows.map(({ clientId, name, status }) => ({
        action: 'client.delete',
        organizationId,
        targetType: 'client',
        targetId: clientId,
        before: { name, status },
      })),
    );
    return deleteClientRows(
      tx.db,
      rows.map(({ clientId }) => clientId),
    );
  });
}
