import { type publicOperations, writeInfo, writeScope } from '../../dialects/native/index.ts';
import { env } from '../../env.ts';
import { notFound } from '../../errors.ts';
import { findPublicClient, findPublicClients } from '../../public-info/index.ts';
import { listScopes } from '../../scopes/index.ts';
import type { Handlers } from './handler.ts';

export const publicInfo: Handlers<typeof publicOperations> = {
  async listScopes({ ctx }) {
    return { body: { items: (await listScopes(ctx.db)).map(writeScope) } };
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
