import { deleteGrantRow, lockOwnGrant, narrowGrant, type OfPerson, selectOwnGrant } from '#db/queries/own-grants';
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
  return inTransaction(ctx, async (tx) => end(tx, await lockGrant(tx, own, grantId)));
}

/** As `revokeGrant` by the app that it was given to; undefined when the person has allowed it nothing. Throws `forbidden`. */
export async function revokeGrantTo(ctx: Context, clientId: string): Promise<OwnGrant | undefined> {
  const own = grantOwnerOf(ctx, 'grants:write');
  return inTransaction(ctx, async (tx) => {
    const there = await selectOwnGrant(tx.db, own, { clientId }, new Date());
    const held = there && (await findHeldGrant(tx, own, there.id));
    return held && end(tx, held);
  });
}

async function end(tx: Context, grant: Awaited<ReturnType<typeof lockGrant>>): Promise<OwnGrant> {
  await endAccess(tx, { of: 'grant', id: grant.id });
  await deleteGrantRow(tx.db, grant.id);
  await recordRevocation(tx, grant, {
    action: 'grant.revoke',
    scopes: grant.scopes,
    endedTokens: grant.liveTokens,
  });
  return toOwnGrant(grant);
}

/** One of the person's own, held until the transaction ends: no token is given under it meanwhile. Throws `not_found`. */
export async function lockGrant(tx: Context, own: OfPerson, grantId: string) {
  const row = isUuid(grantId) ? await findHeldGrant(tx, own, grantId) : undefined;
  if (!row) throw notFound('Grant');
  return row;
}

/** As `lockGrant`; undefined when it is not there. */
async function findHeldGrant(tx: Context, own: OfPerson, grantId: string) {
  const held = await lockOwnGrant(tx.db, own, grantId);
  return held ? selectOwnGrant(tx.db, own, { id: grantId }, new Date()) : undefined;
}

type Changed = {
  id: string;
  clientId: string;
  organizationId: string | null;
  /** Of the client. */
  publisherId: string;
};

type Entry = { action: 'grant.revoke' | 'grant.narrow'; scopes: readonly string[]; endedTokens: number | undefined };

/** Writes down twice that a person took something back: for them in full, and in the client's history without who it was. */
export async function recordRevocation(
  tx: Context,
  grant: Changed,
  { action, scopes, endedTokens }: Entry,
): Promise<void> {
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
    const gone = grant.scopes.filter((scope) => scopes.includes(scope));
    if (gone.length === 0) return { endedTokens: 0 };
    const without = (some: readonly string[]) => some.filter((scope) => !gone.includes(scope));
    const left = without(grant.scopes);
    if (gone.includes('openid') || left.length === 0) throw nothingLeft();
    const now = new Date();
    const given = { of: 'grant', id: grant.id, until: 'now' } as const;
    const access = await endAccess(tx, { ...given, scopes: gone, kinds: ['AccessToken'] }, now);
    const refresh = gone.includes('offline_access')
      ? await endAccess(tx, { ...given, scopes: ['offline_access'], kinds: ['RefreshToken'] }, now)
      : 0;
    const resources = Object.entries(grant.resources).map(([uri, of]) => [uri, without(of)]);
    await narrowGrant(tx.db, grant.id, {
      scopes: left,
      declined: [...grant.declined, ...gone.filter((scope) => grant.optionalScopes.includes(scope))],
      resources: Object.fromEntries(resources),
      updatedAt: now,
    });
    const endedTokens = access === undefined || refresh === undefined ? undefined : access + refresh;
    await recordRevocation(tx, grant, { action: 'grant.narrow', scopes: gone, endedTokens });
    return { endedTokens };
  });
}

const nothingLeft = () =>
  new RegistryError('invalid_metadata', 'Without it nothing would be left. Revoke the app’s access instead.', {
    field: 'scopes',
  });
