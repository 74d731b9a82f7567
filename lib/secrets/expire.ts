import { selectSecret, shortenSecret } from '#db/queries/secrets';
import { recordAudit } from '../audit/index.ts';
import { getEditableClient, isClientId } from '../clients/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound, RegistryError } from '../errors.ts';
import { refuseBad } from './create.ts';
import { type ClientSecret, stateOf } from './secret.ts';

/**
 * Gives a secret an end in the future, or an earlier one than it has; never a later one. Throws `conflict` for a secret that is over
 * and for a later end, `invalid_metadata` for one in the past (revoke it instead), `not_found`, `forbidden`.
 */
export function expireSecret(ctx: Context, clientId: string, secretId: string, expiresAt: Date): Promise<ClientSecret> {
  return inTransaction(ctx, async (tx) => {
    const client = await getEditableClient(tx, clientId);
    const found = isClientId(secretId) ? await selectSecret(tx.db, { clientId, secretId }) : undefined;
    if (!found) throw notFound('Secret');
    const secret = found as ClientSecret;
    refuseBad({ name: secret.name, expiresAt });
    const state = stateOf(secret);
    if (state === 'revoked' || state === 'expired') throw new RegistryError('conflict', `This secret is ${state}.`);
    if (secret.expiresAt?.getTime() === expiresAt.getTime()) return secret;
    if (secret.expiresAt && secret.expiresAt < expiresAt)
      throw new RegistryError('conflict', 'A secret cannot live longer than it was made for. Create another.', {
        field: 'expiresAt',
      });
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
