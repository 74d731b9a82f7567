import { revokeSecretRows } from '#db/queries/secrets';
import { recordAudit } from '../audit/index.ts';
import type { Context } from '../context.ts';

/** Ends every secret of a client inside the caller's transaction: it has become a public client. */
export async function revokeAllSecrets(
  ctx: Context,
  client: { clientId: string; organizationId: string },
): Promise<void> {
  const ended = await revokeSecretRows(ctx.db, { clientId: client.clientId, now: new Date() });
  if (ended.length === 0) return;
  await recordAudit(ctx, {
    action: 'secret.revoke',
    organizationId: client.organizationId,
    targetType: 'client',
    targetId: client.clientId,
    before: { secretIds: ended.map(({ id }) => id) },
  });
}
