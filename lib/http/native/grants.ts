import { readScopeString, refusal } from '#lib/clients/rules';
import { readCursor, writeCursor } from '#lib/cursors/index';
import { type grantOperations, writeGrant } from '#lib/dialects/native/index';
import { getOwnGrant, listOwnGrants, revokeGrant, revokeScopes } from '#lib/grants/index';
import { requirePerson } from '#lib/kernel/access';
import { RegistryError } from '#lib/kernel/errors';
import { type Handlers, invalidCursor } from './handler.ts';

export const grants: Handlers<typeof grantOperations> = {
  async listGrants({ ctx, organizationId, query: { limit, cursor } }) {
    const list = ['grants', requirePerson(ctx).userId, organizationId];
    const place = cursor === undefined ? undefined : readCursor(cursor, list);
    if (cursor !== undefined && !place) throw invalidCursor();
    const after = place && { at: new Date(Number(place[0])), id: String(place[1]) };
    const { items, next } = await listOwnGrants(ctx, { limit, after });
    const nextCursor = next ? writeCursor([next.at.getTime(), next.id], list) : null;
    return { body: { items: items.map(writeGrant), next_cursor: nextCursor } };
  },

  async getGrant({ ctx, params }) {
    return { body: writeGrant(await getOwnGrant(ctx, params.grant_id)) };
  },

  async updateGrant({ ctx, params, body: { scope } }) {
    const grant = await getOwnGrant(ctx, params.grant_id);
    const kept = scope === undefined ? grant.scopes : readScopeString(scope);
    if (kept.some((name) => !grant.scopes.includes(name))) throw cannotAddScopes();
    await revokeScopes(
      ctx,
      grant.id,
      grant.scopes.filter((name) => !kept.includes(name)),
    );
    return { body: writeGrant(await getOwnGrant(ctx, grant.id)) };
  },

  async revokeGrant({ ctx, params }) {
    const { liveTokens } = await revokeGrant(ctx, params.grant_id);
    return { body: { ended_tokens: liveTokens } };
  },
};

function cannotAddScopes(): RegistryError {
  const message = 'This only removes scopes. To add one, the app must ask the person for it.';
  return new RegistryError('invalid_metadata', message, { issues: [refusal('scopes', 'grant', message)] });
}
