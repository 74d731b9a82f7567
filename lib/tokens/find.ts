import {
  insertTokenReveal,
  revokeTokenRow,
  selectToken,
  selectTokenForUpdate,
  selectTokens,
  takeTokenRevealRow,
} from '#db/queries/tokens';
import { recordAudit } from '#lib/audit/index';
import { seal, unseal } from '#lib/credentials/index';
import { powers, powersIn, requirePerson, requireTokenScope, roleIn } from '#lib/kernel/access';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { isUuid } from '#lib/kernel/values';
import type { ApiToken, ListedToken } from './rules.ts';

/** A token that was not revoked, if it is the actor's own or in an organization that the actor administers; else undefined. */
export async function findToken(ctx: Context, tokenId: string): Promise<ListedToken | undefined> {
  requireTokenScope(ctx, 'org:admin');
  const [token] = isUuid(tokenId) ? await selectTokens(ctx.db, { tokenId }) : [];
  return token && isConcerned(ctx, token) ? (token as ListedToken) : undefined;
}

/** Whether a token is the actor's business: their own, or in an organization that they administer. */
export function isConcerned({ actor }: Context, token: { userId: string; organizationId: string }): boolean {
  const role = roleIn(actor, token.organizationId);
  if (role && powers[role].administer) return true;
  if (actor.kind !== 'person' || actor.userId !== token.userId) return false;
  return !actor.token || actor.token.organizationId === token.organizationId;
}

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

const lifetimeMs = 10 * 60 * 1000;
const purpose = (id: string, userId: string) => `token reveal ${id} to ${userId}`;

/** Keeps a fresh token, sealed, for the one page that will show it. `id` is the form's submission id; a second sending changes nothing. */
export async function keepTokenReveal(ctx: Context, id: string, token: { id: string; value: string }): Promise<void> {
  const { userId } = requirePerson(ctx);
  const expiresAt = new Date(Date.now() + lifetimeMs);
  const sealed = seal(token.value, purpose(id, userId));
  await insertTokenReveal(ctx.db, { id, tokenId: token.id, userId, ...sealed, expiresAt });
}

/** Takes the token away by reading it: once, by the person who made it, within ten minutes; else undefined. */
export async function takeTokenReveal(
  ctx: Context,
  id: string,
): Promise<{ token: ApiToken; value: string } | undefined> {
  const { userId } = requirePerson(ctx);
  if (!isUuid(id)) return undefined;
  const row = await takeTokenRevealRow(ctx.db, { id, userId, now: new Date() });
  const token = row && (await selectToken(ctx.db, { tokenId: row.tokenId, userId }));
  return token && { token: token as ApiToken, value: unseal(row, purpose(id, userId)) };
}

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
