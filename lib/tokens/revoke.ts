import { revokeTokenRow, selectTokenForUpdate } from '#db/queries/tokens';
import { requireTokenScope } from '../access.ts';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound } from '../errors.ts';
import { isUuid } from '../uuid.ts';
import { isConcerned } from './concern.ts';

/**
 * Ends a token at once: one's own, or as owner or admin anyone's in the organization. A token may always end itself; for others it needs `org:admin`.
 * Ending it twice is no error. Throws `not_found` for a token that is none of the actor's business.
 */
export async function revokeToken(ctx: Context, tokenId: string): Promise<void> {
  const { actor } = ctx;
  if (!(actor.kind === 'person' && actor.token?.id === tokenId)) requireTokenScope(ctx, 'org:admin');
  return inTransaction(ctx, async (tx) => {
    const token = isUuid(tokenId) ? await selectTokenForUpdate(tx.db, tokenId) : undefined;
    if (!token || !isConcerned(tx, token)) throw notFound('Token');
    if (token.revokedAt) return;
    await revokeTokenRow(tx.db, tokenId, new Date());
    await recordAudit(tx, {
      action: 'token.revoke',
      organizationId: token.organizationId,
      targetType: 'token',
      targetId: tokenId,
      before: { userId: token.userId, name: token.name, scopes: token.scopes },
    });
  });
}
