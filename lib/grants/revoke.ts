import { deleteGrantRow, selectOwnGrant } from '#db/queries/own-grants';
import { type Context, inTransaction } from '../context.ts';
import { endAccess } from '../endings/index.ts';
import { findHeldGrant, holdGrant } from './hold.ts';
import { noteTakenBack } from './note-change.ts';
import { ownFor } from './own.ts';
import { type OwnGrant, toOwnGrant } from './own-grant.ts';

/**
 * Takes back all that the person allowed the app: every token that it was given for them is dead when this returns. Answers the
 * grant as it was, `liveTokens` being how many died. Throws `not_found`, `forbidden` for a token without `grants:write`.
 */
export async function revokeGrant(ctx: Context, grantId: string): Promise<OwnGrant> {
  const own = ownFor(ctx, 'grants:write');
  return inTransaction(ctx, async (tx) => end(tx, await holdGrant(tx, own, grantId)));
}

/** As `revokeGrant` by the app that it was given to; undefined when the person has allowed it nothing. Throws `forbidden`. */
export async function revokeGrantTo(ctx: Context, clientId: string): Promise<OwnGrant | undefined> {
  const own = ownFor(ctx, 'grants:write');
  return inTransaction(ctx, async (tx) => {
    const there = await selectOwnGrant(tx.db, own, { clientId }, new Date());
    const held = there && (await findHeldGrant(tx, own, there.id));
    return held && end(tx, held);
  });
}

async function end(tx: Context, grant: Awaited<ReturnType<typeof holdGrant>>): Promise<OwnGrant> {
  await endAccess(tx, { of: 'grant', id: grant.id });
  await deleteGrantRow(tx.db, grant.id);
  await noteTakenBack(tx, grant, {
    action: 'grant.revoke',
    scopes: grant.scopes,
    endedTokens: grant.liveTokens,
  });
  return toOwnGrant(grant);
}
