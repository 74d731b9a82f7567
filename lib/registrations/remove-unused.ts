import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client';
import { deleteClientRows } from '#db/queries/clients';
import { selectUnusedOpenClients } from '#db/queries/registrations';
import { type AuditEntry, recordAudit } from '#lib/audit/index';
import { clearAfterCommit } from '#lib/endings/index';
import { type Context, inTransaction } from '#lib/kernel/context';

const unusedDaysMax = 30;
const batchSize = 100;

/** Rule P3: deletes a batch of self-registered clients that were unused for 30 days; returns how many. Disabled and suspended clients stay, for review. */
export function removeUnusedRegistrations(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - unusedDaysMax * 24 * 3600 * 1000);
  const ctx: Context = {
    db,
    actor: { kind: 'system' },
    channel: 'registration',
    requestId: randomUUID(),
    network: 'unknown',
  };
  return inTransaction(ctx, async (tx) => {
    const unused = await selectUnusedOpenClients(tx.db, { before, limit: batchSize });
    if (unused.length === 0) return 0;
    const entries = unused.map(
      ({ clientId, organizationId, name }): AuditEntry => ({
        action: 'client.delete',
        organizationId,
        targetType: 'client',
        targetId: clientId,
        before: { name, unusedDays: unusedDaysMax },
      }),
    );
    await recordAudit(tx, ...entries);
    const clientIds = unused.map(({ clientId }) => clientId);
    clearAfterCommit(tx, await deleteClientRows(tx.db, clientIds));
    return clientIds.length;
  });
}
