import { recordAudit } from '../audit/index.ts';
import type { Context } from '../context.ts';
import { endSecrets } from './end-secrets.ts';

/** Ends every secret of a client inside the caller's transaction: it has become a public client. */
export async function revokeAllSecrets(
  ctx: Context,
  client: { clientId: string; organizationId: string },
): Promise<void> {
  const { secretIds, tokensEnded } = await endSecrets(ctx, { clientId: client.clientId });
  if (secretIds.length === 0) return;
  await recordAudit(ctx, {
    action: 'secret.revoke',
    organizationId: client.organizationId,
    targetType: 'client',
    targetId: client.clientId,
    before: { secretIds },
    after: { tokensEnded },
  });
}
