import { insertSecret, revokeSecretRows } from '#db/queries/secrets';
import { channels } from '#lib/clients/rules';
import { endAccess } from '#lib/endings/index';
import type { Context } from '#lib/kernel/context';
import { hashCredential, mintCredential, seal } from './values.ts';

export {
  hashCredential,
  hashesWithEveryPepper,
  isHashOf,
  isWellFormedCredential,
  mintCredential,
  type Sealed,
  seal,
  type TokenPrefix,
  unseal,
} from './values.ts';

/**
 * Revokes a secret of a client, or all except one, with every token issued for them, in the caller's transaction. Returns the ids of the
 * secrets and the number of tokens; undefined if there are too many to count.
 */
export async function endSecrets(
  ctx: Context,
  which: { clientId: string; secretId?: string; except?: string },
): Promise<{ secretIds: string[]; tokensEnded: number | undefined }> {
  const ended = await revokeSecretRows(ctx.db, { ...which, now: new Date() });
  const secretIds = ended.map(({ id }) => id);
  let tokensEnded: number | undefined = 0;
  for (const id of secretIds) {
    const count = await endAccess(ctx, { of: 'secret', id });
    tokensEnded = count === undefined || tokensEnded === undefined ? undefined : tokensEnded + count;
  }
  return { secretIds, tokensEnded };
}

export const sealPurpose = (clientId: string) => `client secret of ${clientId}`;

type NewSecret = {
  clientId: string;
  name: string;
  expiresAt?: Date | null | undefined;
  submissionId?: string | undefined;
};

/** Creates and stores a secret in the caller's transaction. The caller authorizes it and writes the audit row. */
export async function issueSecret(ctx: Context, input: NewSecret) {
  const value = mintCredential('clt_cs_');
  const channel = ctx.channel === 'command_line' ? 'portal' : ctx.channel;
  const secret = await insertSecret(ctx.db, {
    clientId: input.clientId,
    name: input.name,
    ...hashCredential(value),
    ...(channels[channel].returnsSecrets ? seal(value, sealPurpose(input.clientId)) : {}),
    lastFour: value.slice(-4),
    channel,
    submissionId: input.submissionId,
    createdBy: ctx.actor.kind === 'person' ? ctx.actor.userId : null,
    expiresAt: input.expiresAt ?? null,
  });
  return { secret, value };
}
