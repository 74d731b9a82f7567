import { shortenSecrets } from '#db/queries/secrets';
import { recordAudit } from '../audit/index.ts';
import { getEditableClient } from '../clients/index.ts';
import { isPublicClient } from '../clients/rules.ts';
import { type Context, inTransaction } from '../context.ts';
import { endSecrets, issueSecret } from '../credentials/index.ts';
import { RegistryError } from '../errors.ts';
import { type CreatedSecret, findSent, refuseBad } from './create.ts';
import { overlapHoursMax } from './rules.ts';

export type RotateSecret = {
  name?: string;
  /** How long the secrets of before stay valid; 0 ends them at once, with the tokens given for them. */
  overlapSeconds: number;
  expiresAt?: Date | null;
  submissionId?: string;
};

/** Makes the next secret; every live one of before ends after the overlap (never later than it would have). */
export function rotateSecret(ctx: Context, clientId: string, input: RotateSecret): Promise<CreatedSecret> {
  const { overlapSeconds, name = 'Rotated secret' } = input;
  return inTransaction(ctx, async (tx) => {
    const client = await getEditableClient(tx, clientId);
    const again = await findSent(tx, clientId, input.submissionId);
    if (again) return { secret: again };
    if (isPublicClient(client)) throw new RegistryError('conflict', 'A public client has no secret (rule M7).');
    refuseBad({ name, expiresAt: input.expiresAt });
    if (!Number.isInteger(overlapSeconds) || overlapSeconds < 0 || overlapSeconds > overlapHoursMax * 3600)
      throw new RegistryError('invalid_metadata', `Choose an overlap of 0 to ${overlapHoursMax} hours.`, {
        field: 'overlap',
      });
    const { secret, value } = await issueSecret(tx, {
      clientId,
      name: name.normalize('NFC').trim(),
      expiresAt: input.expiresAt,
      submissionId: input.submissionId,
    });
    const now = new Date();
    if (overlapSeconds === 0) await endSecrets(tx, { clientId, except: secret.id });
    else
      await shortenSecrets(
        tx.db,
        { clientId, except: secret.id, now },
        new Date(now.getTime() + overlapSeconds * 1000),
      );
    await recordAudit(tx, {
      action: 'secret.rotate',
      organizationId: client.organizationId,
      targetType: 'client',
      targetId: clientId,
      after: { secretId: secret.id, name: secret.name, expiresAt: secret.expiresAt, overlapSeconds },
    });
    return { secret: secret as CreatedSecret['secret'], value };
  });
}
