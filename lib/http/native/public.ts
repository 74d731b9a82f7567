import { type publicOperations, writeInfo, writeScope } from '../../dialects/native/index.ts';
import { env } from '../../env.ts';
import { notFound } from '../../errors.ts';
import { findPublicClient, findPublicClients } from '../../public-info/index.ts';
import { listOffered } from '../../resources/index.ts';
import { listScopes } from '../../scopes/index.ts';
import type { Handlers } from './handler.ts';

export const publicInfo: Handlers<typeof publicOperations> = {
  async listScopes({ ctx }) {
    const [scopes, resources] = await Promise.all([listScopes(ctx.db), listOffered(ctx.db)]);
    return { body: { items: scopes.map((scope) => writeScope(scope, resources)) } };
  },

  async getPublicClient({ ctx, params }) {
    const client = await findPublicClient(ctx.db, params.client_id);
    if (!client) throw notFound('Client');
    return { body: writeInfo(client, env().appUrl) };
  },

  async listPublicClients({ ctx, query }) {
    const clients = await findPublicClients(ctx.db, query.client_id);
    return { body: { items: clients.map((client) => writeInfo(client, env().appUrl)) } };
  },
};
