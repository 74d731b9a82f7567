import { selectTokens } from '#db/queries/tokens';
import { powersIn, requirePerson, requireTokenScope } from '../access.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../errors.ts';
import type { ListedToken } from './token.ts';

/** The actor's own tokens that were not revoked, newest first; through a token, those of its organization. */
export async function listTokens(ctx: Context): Promise<ListedToken[]> {
  requireTokenScope(ctx, 'org:admin');
  const { userId, token } = requirePerson(ctx);
  return (await selectTokens(ctx.db, { userId, organizationId: token?.organizationId })) as ListedToken[];
}

/** Everyone's tokens in an organization. Throws `not_found` for a stranger, `forbidden` unless the actor administers it. */
export async function listOrganizationTokens(ctx: Context, organizationId: string): Promise<ListedToken[]> {
  requireTokenScope(ctx, 'org:admin');
  if (!powersIn(ctx, organizationId).administer)
    throw new RegistryError('forbidden', "Your role does not show you other people's tokens.");
  return (await selectTokens(ctx.db, { organizationId })) as ListedToken[];
}
