import { readScopeString } from '#lib/clients/rules';
import { type tokenOperations, writeNewToken, writeSelf, writeToken } from '#lib/dialects/native/index';
import { notFound } from '#lib/kernel/errors';
import { createToken, findToken, listOrganizationTokens, listTokens, revokeToken } from '#lib/tokens/index';
import type { Handlers } from './handler.ts';

export const tokens: Handlers<typeof tokenOperations> = {
  async getSelf({ ctx }) {
    return { body: writeSelf(ctx.actor) };
  },

  async listTokens({ ctx }) {
    return { body: { items: (await listTokens(ctx)).map(writeToken) } };
  },

  async listOrganizationTokens({ ctx, params }) {
    return { body: { items: (await listOrganizationTokens(ctx, params.organization_id)).map(writeToken) } };
  },

  async createToken({ ctx, organizationId, body: { name, scope, expires_at: expiresAt } }) {
    const { token, value } = await createToken(ctx, {
      organizationId,
      name,
      scopes: readScopeString(scope),
      expiresAt,
    });
    if (value === undefined) throw new Error('a new token has no value');
    return { body: writeNewToken(token, value), headers: { location: `/api/v1/tokens/${token.id}` } };
  },

  async getToken({ ctx, params }) {
    const token = await findToken(ctx, params.token_id);
    if (!token) throw notFound('Token');
    return { body: writeToken(token) };
  },

  async revokeToken({ ctx, params }) {
    await revokeToken(ctx, params.token_id);
    return { body: undefined };
  },
};
