import { selectTokens } from '#db/queries/tokens';
import { requireTokenScope } from '../access.ts';
import type { Context } from '../context.ts';
import { isUuid } from '../uuid.ts';
import { isConcerned } from './concern.ts';
import type { ListedToken } from './token.ts';

/** A token that was not revoked, if it is the actor's own or in an organization that the actor administers; else undefined. */
export async function findToken(ctx: Context, tokenId: string): Promise<ListedToken | undefined> {
  requireTokenScope(ctx, 'org:admin');
  const [token] = isUuid(tokenId) ? await selectTokens(ctx.db, { tokenId }) : [];
  return token && isConcerned(ctx, token) ? (token as ListedToken) : undefined;
}
