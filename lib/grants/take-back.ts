import { narrowGrant } from '#db/queries/own-grants';
import { type Context, inTransaction } from '../context.ts';
import { endAccess } from '../endings/index.ts';
import { RegistryError } from '../errors.ts';
import { holdGrant } from './hold.ts';
import { noteTakenBack } from './note-change.ts';
import { ownFor } from './own.ts';

/**
 * Takes some scopes out of what the person allowed. Access tokens that carry one are dead when this returns; refresh tokens give
 * less from then on, and die with `offline_access`. What the app may do without is not asked for again by itself; the rest is. Answers
 * how many tokens died; scopes that are not there (any more) are no error. Throws `not_found`, `forbidden`, `invalid_metadata` for
 * `openid` and for the last of them: without those nothing is left to allow.
 */
export async function takeBackScopes(
  ctx: Context,
  grantId: string,
  scopes: readonly string[],
): Promise<{ endedTokens: number | undefined }> {
  const own = ownFor(ctx, 'grants:write');
  return inTransaction(ctx, async (tx) => {
    const grant = await holdGrant(tx, own, grantId);
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
    await noteTakenBack(tx, grant, { action: 'grant.narrow', scopes: gone, endedTokens });
    return { endedTokens };
  });
}

const nothingLeft = () =>
  new RegistryError('invalid_metadata', 'Without it nothing would be left. Revoke the app’s access instead.', {
    field: 'scopes',
  });
