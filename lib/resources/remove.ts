import { deleteResource } from '#db/queries/resources';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound } from '../errors.ts';
import { requireOperator } from './operator.ts';

/** No token is issued for it from now on, and it is told of none. Throws `forbidden`, `not_found`. */
export async function removeResource(ctx: Context, uri: string): Promise<void> {
  requireOperator(ctx);
  return inTransaction(ctx, async (tx) => {
    const gone = await deleteResource(tx.db, uri);
    if (!gone) throw notFound('Resource');
    const { createdAt: _at, ...before } = gone;
    await recordAudit(tx, {
      action: 'resource.remove',
      organizationId: null,
      targetType: 'resource',
      targetId: uri,
      before,
    });
  });
}
