import { z } from 'zod';
import type { Person, Program } from '#lib/kernel/actor';
import { roles } from '#lib/members/rules';
import { type ApiToken, stateOfToken, tokenScopes } from '#lib/tokens/rules';
import type { Operations } from '../operation.ts';
import { moment, momentSent, scope, unpagedList, uuid, writeMoment, writeMomentOrNull } from '../values.ts';

const group = 'Tokens';
const admin = ['org:admin'] as const;
const one = '/tokens/{token_id}';

const tokenWire = z
  .strictObject({
    token_id: uuid,
    organization_id: uuid,
    user_id: z.string(),
    name: z.string(),
    last_four: z.string(),
    scope,
    state: z.enum(['live', 'expiring', 'expired', 'revoked']),
    created_at: moment,
    expires_at: moment.nullable(),
    last_used_at: moment.nullable(),
  })
  .meta({ id: 'Token', description: 'An API token without its value.' });
const tokensWire = unpagedList(tokenWire).meta({ id: 'Tokens' });

const createdTokenWire = z
  .strictObject({
    ...tokenWire.shape,
    token: z.string().meta({ description: 'Shown in this answer and never again.' }),
  })
  .meta({ id: 'CreatedToken' });

const newTokenWire = z
  .strictObject({
    name: z.string().meta({ examples: ['Deployment'] }),
    scope: scope.meta({ description: `Some of: ${tokenScopes.join(', ')}.`, examples: ['clients:read'] }),
    expires_at: momentSent
      .nullable()
      .optional()
      .meta({ description: 'Left out: the end of the token that asks, or none.' }),
  })
  .meta({ id: 'NewToken' });

const selfWire = z
  .strictObject({
    /** Null for a client that acts for itself. */
    user_id: z.string().nullable(),
    /** That client. */
    client_id: uuid.nullable(),
    organization_id: uuid,
    role: z.enum(roles),
    /** Null for an access token of the authorization server. */
    token_id: uuid.nullable(),
    scope,
    expires_at: moment.nullable(),
  })
  .meta({ id: 'Self' });

export const tokenOperations = {
  getSelf: {
    method: 'GET',
    path: '/me',
    group,
    summary: 'Whose token this is, and what it may do',
    access: 'any_token',
    status: 200,
    answer: selfWire,
  },
  listTokens: {
    method: 'GET',
    path: '/tokens',
    group,
    summary: 'List one’s own tokens',
    description: 'Those of the person behind the token, in its organization, that were not revoked.',
    access: admin,
    status: 200,
    answer: tokensWire,
  },
  listOrganizationTokens: {
    method: 'GET',
    path: '/organizations/{organization_id}/tokens',
    group,
    summary: 'List everyone’s tokens',
    description: 'For owners and admins.',
    access: admin,
    status: 200,
    answer: tokensWire,
  },
  createToken: {
    method: 'POST',
    path: '/tokens',
    group,
    summary: 'Make a token',
    description: 'For the same person and organization, with no scope and no end beyond the token that asks.',
    access: admin,
    body: newTokenWire,
    status: 201,
    answer: createdTokenWire,
    located: true,
    idempotent: true,
    secret: true,
    also: [409],
  },
  getToken: {
    method: 'GET',
    path: one,
    group,
    summary: 'Read a token',
    access: admin,
    status: 200,
    answer: tokenWire,
  },
  revokeToken: {
    method: 'DELETE',
    path: one,
    group,
    summary: 'End a token',
    description: 'A token may always end itself; others take org:admin.',
    access: 'any_token',
    status: 204,
  },
} satisfies Operations;

export function writeToken(token: ApiToken): z.input<typeof tokenWire> {
  return {
    token_id: token.id ?? null,
    organization_id: token.organizationId,
    user_id: token.userId,
    name: token.name,
    last_four: token.lastFour,
    scope: token.scopes.join(' '),
    state: stateOfToken(token),
    created_at: writeMoment(token.createdAt),
    expires_at: writeMomentOrNull(token.expiresAt),
    last_used_at: writeMomentOrNull(token.lastUsedAt),
  };
}

/** The only answer that shows the token. */
export const writeNewToken = (token: ApiToken, value: string): z.input<typeof createdTokenWire> => ({
  ...writeToken(token),
  token: value,
});

/** Writes the caller: its token, person or client. */
export function writeSelf(actor: Person | Program): z.input<typeof selfWire> {
  const { token } = actor;
  const role = roleOf(actor);
  if (!token || !role) throw new Error('a program calls by a token of an organization that it belongs to');
  return {
    user_id: actor.kind === 'person' ? actor.userId : null,
    client_id: actor.kind === 'program' ? actor.clientId : null,
    organization_id: token.organizationId,
    role,
    token_id: token.id ?? null,
    scope: token.scopes.join(' '),
    expires_at: writeMomentOrNull(token.expiresAt),
  };
}

function roleOf(actor: Person | Program) {
  if (actor.kind === 'program') return 'developer';
  return actor.memberships.find(({ organizationId }) => organizationId === actor.token?.organizationId)?.role;
}
