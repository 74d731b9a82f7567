import { countLiveSecrets, selectSecretOfSubmission, shortenSecrets } from '#db/queries/secrets';
import { recordAudit } from '#lib/audit/index';
import { getEditableClient } from '#lib/clients/index';
import { isPublicClient, judgeName } from '#lib/clients/rules';
import { endSecrets, issueSecret } from '#lib/credentials/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';
import { normalized } from '#lib/kernel/values';
import { type ClientSecret, liveSecretsMax, overlapHoursMax } from './rules.ts';

export type RotateSecret = {
  name?: string | undefined;
  /** How long existing secrets stay valid; 0 revokes them at once, with the tokens issued for them. */
  overlapSeconds: number;
  expiresAt?: Date | null | undefined;
  submissionId?: string | undefined;
};

/**
 * Creates a new secret. Existing live secrets end after the overlap, or at their own end if that is earlier.
 *
 * @throws not_found, forbidden: as `getEditableClient`
 * @throws conflict: the client is public
 * @throws invalid_metadata: the name, the end or the overlap is invalid
 */
export function rotateSecret(ctx: Context, clientId: string, input: RotateSecret): Promise<CreatedSecret> {
  const { overlapSeconds, name = 'Rotated secret' } = input;
  return inTransaction(ctx, async (tx) => {
    const client = await getEditableClient(tx, clientId);
    const earlier = await findOfSubmission(tx, clientId, input.submissionId);
    if (earlier) return { secret: earlier };
    if (isPublicClient(client)) throw new RegistryError('conflict', 'A public client has no secret (rule M7).');
    checkSecretInput({ name, expiresAt: input.expiresAt });
    if (!Number.isInteger(overlapSeconds) || overlapSeconds < 0 || overlapSeconds > overlapHoursMax * 3600)
      throw new RegistryError('invalid_metadata', `Choose an overlap of 0 to ${overlapHoursMax} hours.`, {
        field: 'overlap',
      });
    const { secret, value } = await issueSecret(tx, {
      clientId,
      name: normalized(name, 'NFC').trim(),
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

export type CreateSecret = { name: string; expiresAt?: Date | null | undefined; submissionId?: string | undefined };
/** `value` is absent if the same form was sent before: the first submission created and showed the secret. */
export type CreatedSecret = { secret: ClientSecret; value?: string };

/**
 * Adds a secret to a client.
 *
 * @throws conflict: the client is public
 * @throws limit_reached: the client has `liveSecretsMax` live secrets
 * @throws invalid_metadata: the name is invalid, or the end is in the past
 */
export function createSecret(ctx: Context, clientId: string, input: CreateSecret): Promise<CreatedSecret> {
  return inTransaction(ctx, async (tx) => {
    const client = await getEditableClient(tx, clientId);
    const earlier = await findOfSubmission(tx, clientId, input.submissionId);
    if (earlier) return { secret: earlier };
    if (isPublicClient(client)) throw new RegistryError('conflict', 'A public client has no secret (rule M7).');
    checkSecretInput(input);
    if ((await countLiveSecrets(tx.db, clientId, new Date())) >= liveSecretsMax)
      throw new RegistryError(
        'limit_reached',
        `At most ${liveSecretsMax} secrets may be live. Revoke one that is no longer used.`,
      );
    const { secret, value } = await issueSecret(tx, {
      ...input,
      name: normalized(input.name, 'NFC').trim(),
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

/** The secret that an earlier submission of the same form created. */
async function findOfSubmission(ctx: Context, clientId: string, submissionId: string | undefined) {
  if (!submissionId) return undefined;
  return (await selectSecretOfSubmission(ctx.db, { clientId, submissionId })) as ClientSecret | undefined;
}

/** @throws invalid_metadata: the name breaks a rule, or the end is in the past */
export function checkSecretInput({ name, expiresAt }: { name: string; expiresAt?: Date | null | undefined }) {
  const issues = judgeName(name).filter(({ severity }) => severity !== 'warning');
  if (expiresAt && !(expiresAt.getTime() > Date.now()))
    issues.push({ field: 'expiresAt', rule: 'S8', message: 'A secret must end in the future.' });
  const [first] = issues;
  if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
}
