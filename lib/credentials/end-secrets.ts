import { revokeSecretRows } from '#db/queries/secrets';
import type { Context } from '../context.ts';
import { endAccess } from '../endings/index.ts';

/** Ends secrets of a client now, and every token that was given for one of them, inside the caller's transaction. Answers both. */
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
