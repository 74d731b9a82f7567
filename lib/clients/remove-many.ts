import { deleteClientRows, selectClientsToRemove } from '#db/queries/clients';
import { inSteps } from '#db/queries/in-steps';
import { powersIn, requirePerson, requireTokenScope } from '../access.ts';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { clearLater } from '../endings/index.ts';
import { RegistryError } from '../errors.ts';
import type { Provenance } from './client.ts';

type Many = {
  organizationId: string;
  /** Everybody's, for owners and admins only; else those that the actor created. */
  all: boolean;
  /** Only clients that were made through this API: its callers cannot know of others. */
  provenance: Provenance;
};

/** Deletes many clients of an organization at once. Returns the count. Throws `not_found` and `forbidden`. */
export function removeClients(ctx: Context, input: Many): Promise<number> {
  requireTokenScope(ctx, 'clients:write', 'write');
  const { userId } = requirePerson(ctx);
  const reach = powersIn(ctx, input.organizationId).remove;
  if (reach === 'none' || (input.all && reach !== 'all'))
    throw new RegistryError('forbidden', 'Your role does not let you delete these clients.');
  return inTransaction(ctx, async (tx) => {
    const { organizationId, provenance } = input;
    const createdBy = input.all ? undefined : userId;
    return inSteps(tx.db, async (db, limit) => {
      const step = { ...tx, db };
      const rows = await selectClientsToRemove(db, { organizationId, provenance, createdBy, limit });
      await recordAudit(
        step,
        ...rows.map(({ clientId, name, status }) => ({
          action: 'client.delete',
          organizationId,
          targetType: 'client',
          targetId: clientId,
          before: { name, status },
        })),
      );
      const clientIds = rows.map(({ clientId }) => clientId);
      clearLater(tx, await deleteClientRows(db, clientIds));
      return { count: clientIds.length };
    });
  });
}
