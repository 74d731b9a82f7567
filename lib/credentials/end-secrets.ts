import { deleteArtifactsOf } from '#db/queries/artifacts';
import { revokeSecretRows } from '#db/queries/secrets';
import type { Context } from '../context.ts';

/** Ends secrets of a client now, and every token that was given for one of them, inside the caller's transaction. Answers both. */
export async function endSecrets(
  ctx: Context,
  which: { clientId: string; secretId?: string; except?: string },
): Promise<{ secretIds: string[]; tokensEnded: number }> {
  const ended = await revokeSecretRows(ctx.db, { ...which, now: new Date() });
  const secretIds = ended.map(({ id }) => id);
  return { secretIds, tokensEnded: await deleteArtifactsOf(ctx.db, { secretIds }) };
}
