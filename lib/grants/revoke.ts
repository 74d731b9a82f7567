import { deleteArtifactsOf } from '#db/queries/artifacts';
import { deleteGrantRow } from '#db/queries/own-grants';
import { type Context, inTransaction } from '../context.ts';
import { holdGrant } from './hold.ts';
import { noteTakenBack } from './note-change.ts';
import { ownFor } from './own.ts';
import { type OwnGrant, toOwnGrant } from './own-grant.ts';

/**
 * Takes back all that the person allowed the app: every token that it was given for them is dead when this returns. Answers the
 * grant as it was, `liveTokens` being how many died. Throws `not_found`, `forbidden` for a token without `grants:write`.
 */
export async function revokeGrant(ctx: Context, grantId: string): Promise<OwnGrant> {
  const own = ownFor(ctx, 'grants:write');
  return inTransaction(ctx, async (tx) => {
    const grant = await holdGrant(tx, own, grantId);
    await deleteArtifactsOf(tx.db, { grantId: grant.id });
    await deleteGrantRow(tx.db, grant.id);
    await noteTakenBack(tx, grant, {
      action: 'grant.revoke',
      scopes: grant.scopes,
      endedTokens: grant.liveTokens,
    });
    return toOwnGrant(grant);
  });
}
