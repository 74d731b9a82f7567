import { countLiveSecrets, selectSecret } from '#db/queries/secrets';
import { recordAudit } from '../audit/index.ts';
import { getEditableClient, isClientId } from '../clients/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { endSecrets } from '../credentials/index.ts';
import { notFound, RegistryError } from '../errors.ts';
import { type ClientSecret, stateOf } from './secret.ts';

/** Ends a secret now, and every token that was given for it. The last usable one of an active client cannot go (rule S8): make its successor or disable the client first. */
export function revokeSecret(ctx: Context, clientId: string, secretId: string): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const client = await getEditableClient(tx, clientId);
    const secret = isClientId(secretId) ? await selectSecret(tx.db, { clientId, secretId }) : undefined;
    if (!secret) throw notFound('Secret');
    const now = new Date();
    const state = stateOf(secret as ClientSecret, now);
    if (state === 'revoked') return;
    const usable = state === 'live' || state === 'expiring';
    if (usable && client.status === 'active' && (await countLiveSecrets(tx.db, clientId, now)) <= 1)
      throw new RegistryError(
        'conflict',
        'This is the last secret that works. Create its successor first, or disable the app.',
        { field: 'secret' },
      );
    const { tokensEnded } = await endSecrets(tx, { clientId, secretId });
    await recordAudit(tx, {
      action: 'secret.revoke',
      organizationId: client.organizationId,
      targetType: 'client',
      targetId: clientId,
      before: { secretId, name: secret.name },
      after: { tokensEnded },
    });
  });
}
