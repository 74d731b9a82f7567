import { updateClientRow } from '#db/queries/clients';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { getClientAsOperator } from './as-operator.ts';

/**
 * Says whether a client is the platform's own: one that is may be let into the registry of whoever signs in to it, not only of its own
 * organization. Throws `not_found` for everyone but the operator.
 */
export function markFirstParty(ctx: Context, clientId: string, firstParty: boolean): Promise<{ firstParty: boolean }> {
  return inTransaction(ctx, async (tx) => {
    const client = await getClientAsOperator(tx, clientId);
    if (client.firstParty === firstParty) return { firstParty };
    await updateClientRow(tx.db, { clientId: client.clientId, version: client.version }, { firstParty });
    await recordAudit(tx, {
      action: 'client.mark_first_party',
      organizationId: client.organizationId,
      targetType: 'client',
      targetId: client.clientId,
      before: { firstParty: client.firstParty },
      after: { firstParty },
    });
    return { firstParty };
  });
}
