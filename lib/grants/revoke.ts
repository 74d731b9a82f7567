import { deleteGrantRow, type GrantOwner, lockOwnGrant, reduceGrant, selectOwnGrant } from '#db/queries/own-grants';
import { recordAudit } from '#lib/audit/index';
import { endAccess } from '#lib/endings/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { isUuid } from '#lib/kernel/values';
import { grantOwnerOf, type OwnGrant, toOwnGrant } from './find.ts';

/**
 * Revokes a grant: every token issued under it is invalid when this returns. Returns the grant as it was; `liveTokens` counts the
 * revoked tokens.
 *
 * @throws not_found: the person has no such grant
 * @throws forbidden: the token lacks `grants:write`
 */
export async function revokeGrant(ctx: Context, grantId: string): Promise<OwnGrant> {
  const own = grantOwnerOf(ctx, 'grants:write');
  return inTransaction(ctx, async (tx) => endGrant(tx, await lockGrant(tx, own, grantId)));
}

/** As `revokeGrant`, by the id of the client. Returns undefined if the person has no grant to it. @throws forbidden: the token lacks `grants:write` */
export async function revokeGrantTo(ctx: Context, clientId: string): Promise<OwnGrant | undefined> {
  const own = grantOwnerOf(ctx, 'grants:write');
  return inTransaction(ctx, async (tx) => {
    const found = await selectOwnGrant(tx.db, own, { clientId }, new Date());
    const locked = found && (await findAndLockGrant(tx, own, found.id));
    return locked && endGrant(tx, locked);
  });
}

/** Deletes a locked grant, revokes its tokens and writes the audit rows. */
async function endGrant(tx: Context, grant: Awaited<ReturnType<typeof lockGrant>>): Promise<OwnGrant> {
  await endAccess(tx, { of: 'grant', id: grant.id });
  await deleteGrantRow(tx.db, grant.id);
  await recordRevocation(tx, grant, {
    action: 'grant.revoke',
    scopes: grant.scopes,
    endedTokens: grant.liveTokens,
  });
  return toOwnGrant(grant);
}

/** Locks one of the person's own grants until the transaction ends, so that no token is issued under it. @throws not_found */
async function lockGrant(tx: Context, own: GrantOwner, grantId: string) {
  const row = isUuid(grantId) ? await findAndLockGrant(tx, own, grantId) : undefined;
  if (!row) throw notFound('Grant');
  return row;
}

/** As `lockGrant`; returns undefined if the person has no such grant. */
async function findAndLockGrant(tx: Context, own: GrantOwner, grantId: string) {
  const isLocked = await lockOwnGrant(tx.db, own, grantId);
  return isLocked ? selectOwnGrant(tx.db, own, { id: grantId }, new Date()) : undefined;
}

type Changed = {
  id: string;
  clientId: string;
  organizationId: string | null;
  /** The organization that owns the client. */
  publisherId: string;
};

type Entry = { action: 'grant.revoke' | 'grant.narrow'; scopes: readonly string[]; endedTokens: number | undefined };

/** Writes two audit rows of a revocation: one for the person with all data, and one in the client's history that does not name the person. */
async function recordRevocation(tx: Context, grant: Changed, { action, scopes, endedTokens }: Entry): Promise<void> {
  const { id, clientId, organizationId, publisherId } = grant;
  await recordAudit(tx, {
    action,
    organizationId: null,
    targetType: 'grant',
    targetId: id,
    before: { clientId, organizationId, scopes },
    after: { endedTokens },
  });
  await recordAudit(
    { ...tx, actor: { kind: 'anonymous' } },
    {
      action,
      organizationId: publisherId,
      targetType: 'client',
      targetId: clientId,
      ...(action === 'grant.narrow' && { before: { scopes } }),
      after: { endedTokens },
    },
  );
}

/**
 * Removes scopes from a grant. Access tokens with one of them are invalid when this returns. Refresh tokens keep the other scopes;
 * without `offline_access` they are revoked. Removed optional scopes are not requested again automatically; required ones are. Returns
 * the number of revoked tokens. Scopes that are not in the grant are ignored.
 *
 * @throws not_found: the person has no such grant
 * @throws forbidden: the token lacks `grants:write`
 * @throws invalid_metadata: `openid`, or the last scope of the grant
 */
export async function revokeScopes(
  ctx: Context,
  grantId: string,
  scopes: readonly string[],
): Promise<{ endedTokens: number | undefined }> {
  const own = grantOwnerOf(ctx, 'grants:write');
  return inTransaction(ctx, async (tx) => {
    const grant = await lockGrant(tx, own, grantId);
    const removed = grant.scopes.filter((scope) => scopes.includes(scope));
    if (removed.length === 0) return { endedTokens: 0 };
    const withoutRemoved = (names: readonly string[]) => names.filter((scope) => !removed.includes(scope));
    const kept = withoutRemoved(grant.scopes);
    if (removed.includes('openid') || kept.length === 0) throw nothingLeft();
    const now = new Date();
    const ofGrant = { of: 'grant', id: grant.id, until: 'now' } as const;
    const access = await endAccess(tx, { ...ofGrant, scopes: removed, kinds: ['AccessToken'] }, now);
    const refresh = removed.includes('offline_access')
      ? await endAccess(tx, { ...ofGrant, scopes: ['offline_access'], kinds: ['RefreshToken'] }, now)
      : 0;
    const resources = Object.entries(grant.resources).map(([uri, names]) => [uri, withoutRemoved(names)]);
    await reduceGrant(tx.db, grant.id, {
      scopes: kept,
      declined: [...grant.declined, ...removed.filter((scope) => grant.optionalScopes.includes(scope))],
      resources: Object.fromEntries(resources),
      updatedAt: now,
    });
    const endedTokens = access === undefined || refresh === undefined ? undefined : access + refresh;
    await recordRevocation(tx, grant, { action: 'grant.narrow', scopes: removed, endedTokens });
    return { endedTokens };
  });
}

const nothingLeft = () =>
  new RegistryError(
    'invalid_metadata',
    'The app needs this scope, or it is the last one. Revoke the app’s access instead.',
    {
      field: 'scopes',
    },
  );
