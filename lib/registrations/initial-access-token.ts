import { insertInitialAccessToken, revokeInitialAccessTokenRow } from '#db/queries/initial-access-tokens';
import { recordAudit } from '#lib/audit/index';
import { hashCredential, mintCredential } from '#lib/credentials/index';
import { powers, powersIn, roleIn } from '#lib/kernel/access';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { isUuid } from '#lib/kernel/values';
import { getOrganization } from '#lib/organizations/index';

export type CreateInitialAccessToken = {
  organizationId: string;
  expiresInSeconds: number;
  /** The number of clients that it may register. Default: unlimited. */
  uses?: number;
};

/**
 * Creates an initial access token (RFC 7591 §1.2): it registers clients in one organization and does nothing else. Its value is returned
 * only here.
 *
 * @throws not_found: the actor has no role in the organization
 * @throws forbidden: the actor does not administer the organization, or uses a token
 * @throws invalid_metadata: with every wrong value
 */
export async function createInitialAccessToken(ctx: Context, input: CreateInitialAccessToken) {
  const { organizationId, expiresInSeconds, uses } = input;
  if (ctx.actor.kind === 'person' && ctx.actor.token)
    throw new RegistryError('forbidden', 'A token cannot make an initial access token: sign in for that.');
  const value = mintCredential('clt_iat_');
  return inTransaction(ctx, async (tx) => {
    if (!powersIn(tx, organizationId).administer)
      throw new RegistryError('forbidden', 'Your role does not let you make initial access tokens.');
    await getOrganization(tx, organizationId);
    if (uses !== undefined && !(Number.isInteger(uses) && uses >= 1 && uses <= 1_000_000))
      throw new RegistryError('invalid_metadata', 'Choose 1 to 1000000 uses.', { field: 'uses' });
    const token = await insertInitialAccessToken(tx.db, {
      organizationId,
      ...hashCredential(value),
      usesLeft: uses ?? null,
      createdBy: tx.actor.kind === 'person' ? tx.actor.userId : null,
      expiresAt: new Date(Date.now() + expiresInSeconds * 1000),
    });
    await recordAudit(tx, {
      action: 'initial_access_token.create',
      organizationId,
      targetType: 'initial_access_token',
      targetId: token.id,
      after: { usesLeft: token.usesLeft, expiresAt: token.expiresAt },
    });
    return { token, value };
  });
}

/**
 * Revokes an initial access token. The clients that it registered stay.
 *
 * @throws not_found: the token does not exist, or the actor does not administer its organization
 */
export async function revokeInitialAccessToken(ctx: Context, id: string): Promise<void> {
  if (!isUuid(id)) throw notFound('Initial access token');
  return inTransaction(ctx, async (tx) => {
    const token = await revokeInitialAccessTokenRow(tx.db, id, new Date());
    const role = token && roleIn(tx.actor, token.organizationId);
    if (!token || !role || !powers[role].administer) throw notFound('Initial access token');
    await recordAudit(tx, {
      action: 'initial_access_token.revoke',
      organizationId: token.organizationId,
      targetType: 'initial_access_token',
      targetId: id,
    });
  });
}
