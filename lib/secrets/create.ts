import { countLiveSecrets, selectSecretOfSubmission } from '#db/queries/secrets';
import { recordAudit } from '../audit/index.ts';
import { getEditableClient } from '../clients/index.ts';
import { isPublicClient, judgeName } from '../clients/rules.ts';
import { type Context, inTransaction } from '../context.ts';
import { issueSecret } from '../credentials/index.ts';
import { RegistryError } from '../errors.ts';
import { liveSecretsMax } from './rules.ts';
import type { ClientSecret } from './secret.ts';

export type CreateSecret = { name: string; expiresAt?: Date | null; submissionId?: string };
/** `value` is absent when the same form was sent before: the secret stands, and was shown then. */
export type CreatedSecret = { secret: ClientSecret; value?: string };

/**
 * Adds a secret to a confidential client. Throws `conflict` for a public one, `limit_reached` beyond `liveSecretsMax`
 * live ones, `invalid_metadata` for a bad name or an end in the past.
 */
export function createSecret(ctx: Context, clientId: string, input: CreateSecret): Promise<CreatedSecret> {
  return inTransaction(ctx, async (tx) => {
    const client = await getEditableClient(tx, clientId);
    const again = await findSent(tx, clientId, input.submissionId);
    if (again) return { secret: again };
    if (isPublicClient(client)) throw new RegistryError('conflict', 'A public client has no secret (rule M7).');
    refuseBad(input);
    if ((await countLiveSecrets(tx.db, clientId, new Date())) >= liveSecretsMax)
      throw new RegistryError(
        'limit_reached',
        `At most ${liveSecretsMax} secrets may be live. Revoke one that is no longer used.`,
      );
    const { secret, value } = await issueSecret(tx, {
      ...input,
      name: input.name.normalize('NFC').trim(),
      clientId,
    });
    await recordAudit(tx, {
      action: 'secret.create',
      organizationId: client.organizationId,
      targetType: 'client',
      targetId: clientId,
      after: { secretId: secret.id, name: secret.name, expiresAt: secret.expiresAt },
    });
    return { secret: secret as ClientSecret, value };
  });
}

export async function findSent(ctx: Context, clientId: string, submissionId: string | undefined) {
  if (!submissionId) return undefined;
  return (await selectSecretOfSubmission(ctx.db, { clientId, submissionId })) as ClientSecret | undefined;
}

export function refuseBad({ name, expiresAt }: { name: string; expiresAt?: Date | null }) {
  const issues = judgeName(name).filter(({ severity }) => severity !== 'warning');
  if (expiresAt && !(expiresAt.getTime() > Date.now()))
    issues.push({ field: 'expiresAt', rule: 'S8', message: 'A secret must end in the future.' });
  const [first] = issues;
  if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
}
