import { z } from 'zod';
import type { OwnGrant } from '#lib/grants/index';
import type { Operations } from '../operation.ts';
import { cursor, limit, moment, page, scope, uuid, writeMoment, writeMomentOrNull } from '../values.ts';

const group = 'Grants';
const read = ['grants:read', 'grants:write'] as const;
const write = ['grants:write'] as const;
const one = '/grants/{grant_id}';

const grantWire = z
  .strictObject({
    grant_id: uuid,
    client_id: uuid,
    client_name: z.string(),
    organization_id: uuid.nullable().meta({ description: 'In which the app acts for the person.' }),
    scope,
    declined_scope: scope.meta({ description: 'What the person said no to, separated by spaces.' }),
    live_tokens: z.int().meta({ description: 'Access and refresh tokens that are good now.' }),
    created_at: moment,
    updated_at: moment,
    last_used_at: moment.nullable(),
  })
  .meta({ id: 'Grant', description: 'What the person behind the token allowed an app.' });

export const grantOperations = {
  listGrants: {
    method: 'GET',
    path: '/grants',
    group,
    summary: 'List one’s own grants',
    description: 'Those of the person behind the token, in its organization and in none; newest first.',
    access: read,
    query: z.strictObject({ limit, cursor: cursor.optional() }),
    status: 200,
    answer: page(grantWire).omit({ previous_cursor: true }).meta({ id: 'GrantPage' }),
  },
  getGrant: {
    method: 'GET',
    path: one,
    group,
    summary: 'Read a grant',
    access: read,
    status: 200,
    answer: grantWire,
  },
  updateGrant: {
    method: 'PATCH',
    path: one,
    group,
    summary: 'Take a part of it back',
    description:
      '`scope` is what stays; nothing can be added. Access tokens that carry what goes die at once, refresh tokens give less. `openid` goes with the whole grant only.',
    access: write,
    body: z
      .strictObject({ scope: scope.meta({ examples: ['openid'] }) })
      .partial()
      .meta({ id: 'GrantPatch' }),
    media: 'merge_patch',
    status: 200,
    answer: grantWire,
  },
  revokeGrant: {
    method: 'DELETE',
    path: one,
    group,
    summary: 'Revoke a grant',
    description: 'Every token that was given under it is dead when this answers.',
    access: write,
    status: 200,
    answer: z.strictObject({ ended_tokens: z.int() }).meta({ id: 'RevokedGrant' }),
  },
} satisfies Operations;

export function writeGrant(grant: OwnGrant): z.input<typeof grantWire> {
  return {
    grant_id: grant.id,
    client_id: grant.clientId,
    client_name: grant.client.name,
    organization_id: grant.organizationId,
    scope: grant.scopes.join(' '),
    declined_scope: grant.declined.join(' '),
    live_tokens: grant.liveTokens,
    created_at: writeMoment(grant.createdAt),
    updated_at: writeMoment(grant.updatedAt),
    last_used_at: writeMomentOrNull(grant.lastUsedAt),
  };
}
