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

/** Returns a token that is not revoked, if the actor owns it or administers its organization; otherwise undefined. */
export async function findToken(ctx: Context, tokenId: string): Promise<ListedToken | undefined> {
  requireTokenScope(ctx, 'org:admin');
  const [token] = isUuid(tokenId) ? await selectTokens(ctx.db, { tokenId }) : [];
  return token && canManageToken(ctx, token) ? (token as ListedToken) : undefined;
}

/** Whether the actor owns a token or administers its organization. */
export function canManageToken({ actor }: Context, token: { userId: string; organizationId: string }): boolean {
  const role = roleIn(actor, token.organizationId);
  if (role && powers[role].administer) return true;
  if (actor.kind !== 'person' || actor.userId !== token.userId) return false;
  return !actor.token || actor.token.organizationId === token.organizationId;
}

/** Returns the actor's own tokens that are not revoked, newest first; with a token, only those of its organization. */
export async function listTokens(ctx: Context): Promise<ListedToken[]> {
  requireTokenScope(ctx, 'org:admin');
  const { userId, token } = requirePerson(ctx);
  return (await selectTokens(ctx.db, { userId, organizationId: token?.organizationId })) as ListedToken[];
}

/**
 * Returns the tokens of all members of an organization.
 *
 * @throws not_found: the actor has no role in the organization
 * @throws forbidden: the actor does not administer it
 */
export async function listOrganizationTokens(ctx: Context, organizationId: string): Promise<ListedToken[]> {
  requireTokenScope(ctx, 'org:admin');
  if (!powersIn(ctx, organizationId).administer)
    throw new RegistryError('forbidden', "Your role does not show you other people's tokens.");
  return (await selectTokens(ctx.db, { organizationId })) as ListedToken[];
}

const lifetimeMs = 10 * 60 * 1000;
const purpose = (id: string, userId: string) => `token reveal ${id} to ${userId}`;

/** Stores a new token, sealed, for the page that shows it once. `id` is the form's submission id; repeating the call has no effect. */
export async function storeTokenReveal(ctx: Context, id: string, token: { id: string; value: string }): Promise<void> {
  const { userId } = requirePerson(ctx);
  const expiresAt = new Date(Date.now() + lifetimeMs);
  const sealed = seal(token.value, purpose(id, userId));
  await insertTokenReveal(ctx.db, { id, tokenId: token.id, userId, ...sealed, expiresAt });
}

/** Returns a stored token and deletes it. Works once, for its creator, within ten minutes; otherwise returns undefined. */
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
 * Revokes a token: the actor's own, or as owner or admin any token of the organization. A token may always revoke itself; for others it
 * needs `org:admin`. Has no effect on a revoked token.
 *
 * @throws not_found: the token does not exist, or the actor may not manage it
 */
export async function revokeToken(ctx: Context, tokenId: string): Promise<void> {
  const { actor } = ctx;
  if (!(actor.kind === 'person' && actor.token?.id === tokenId)) requireTokenScope(ctx, 'org:admin');
  return inTransaction(ctx, async (tx) => {
    const token = isUuid(tokenId) ? await selectTokenForUpdate(tx.db, tokenId) : undefined;
    if (!token || !canManageToken(tx, token)) throw notFound('Token');
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
