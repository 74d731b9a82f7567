import { countLiveSecrets, selectSecret, shortenSecret } from '#db/queries/secrets';
import { recordAudit } from '#lib/audit/index';
import { getEditableClient, isClientId } from '#lib/clients/index';
import { endSecrets } from '#lib/credentials/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { checkSecretInput } from './issue.ts';
import { type ClientSecret, stateOf } from './rules.ts';

/**
 * Revokes a secret and every token issued for it.
 *
 * @throws not_found, forbidden: as `getEditableClient`, or there is no such secret
 * @throws conflict: it is the last usable secret of an active client (rule S8)
 */
export function revokeSecret(ctx: Context, clientId: string, secretId: string): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const client = await getEditableClient(tx, clientId);
    const secret = isClientId(secretId) ? await selectSecret(tx.db, { clientId, secretId }) : undefined;
    if (!secret) throw notFound('Secret');
    const now = new Date();
    const state = stateOf(secret as ClientSecret, now);
    if (state === 'revoked') return;
    const isUsable = state === 'live' || state === 'expiring';
    if (isUsable && client.status === 'active' && (await countLiveSecrets(tx.db, clientId, now)) <= 1)
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

/**
 * Sets the end of a secret, or moves it to an earlier time.
 *
 * @throws conflict: the secret has ended, or its current end is earlier
 * @throws invalid_metadata: `expiresAt` is in the past (revoke the secret instead)
 * @throws not_found, forbidden: as `getEditableClient`, or there is no such secret
 */
export function expireSecret(ctx: Context, clientId: string, secretId: string, expiresAt: Date): Promise<ClientSecret> {
  return inTransaction(ctx, async (tx) => {
    const client = await getEditableClient(tx, clientId);
    const found = isClientId(secretId) ? await selectSecret(tx.db, { clientId, secretId }) : undefined;
    if (!found) throw notFound('Secret');
    const secret = found as ClientSecret;
    checkSecretInput({ name: secret.name, expiresAt });
    const state = stateOf(secret);
    if (state === 'revoked' || state === 'expired') throw new RegistryError('conflict', `This secret is ${state}.`);
    if (secret.expiresAt?.getTime() === expiresAt.getTime()) return secret;
    if (secret.expiresAt && secret.expiresAt < expiresAt)
      throw new RegistryError(
        'conflict',
        'The end of a secret cannot be moved to a later time. Create another secret.',
        {
          field: 'expiresAt',
        },
      );
    await shortenSecret(tx.db, { clientId, secretId }, expiresAt);
    await recordAudit(tx, {
      action: 'secret.expire',
      organizationId: client.organizationId,
      targetType: 'client',
      targetId: clientId,
      before: { secretId, name: secret.name, expiresAt: secret.expiresAt },
      after: { secretId, name: secret.name, expiresAt },
    });
    return { ...secret, expiresAt };
  });
}
