import {
  cloneClient,
  createClient,
  disableClient,
  enableClient,
  getOwnedClient,
  type OwnedClient,
  removeClient,
  updateClient,
} from '../../clients/index.ts';
import type { Context } from '../../context.ts';
import {
  type clientOperations,
  readClone,
  readNew,
  readPatch,
  writeEtag,
  writeNew,
  writeOne,
} from '../../dialects/native/index.ts';
import { env } from '../../env.ts';
import type { Call } from '../call.ts';
import { listPage } from './client-list.ts';
import type { Handlers } from './handler.ts';
import { readIfMatch } from './preconditions.ts';

export const clients: Handlers<typeof clientOperations> = {
  listClients: listPage,

  async createClient({ ctx, organizationId, body }) {
    const made = await createClient(ctx, { organizationId, ...readNew(body) });
    return created(made);
  },

  async getClient({ ctx, params }) {
    return shown(await getOwnedClient(ctx, params.client_id));
  },

  async updateClient({ ctx, call, params, body }) {
    const on = await madeOn(ctx, call, params.client_id);
    return shown(await updateClient(ctx, params.client_id, readPatch(body), on));
  },

  async deleteClient({ ctx, call, params }) {
    await removeClient(ctx, params.client_id, await madeOn(ctx, call, params.client_id));
    return { body: undefined };
  },

  async disableClient({ ctx, call, params }) {
    return shown(await disableClient(ctx, params.client_id, await madeOn(ctx, call, params.client_id)));
  },

  async enableClient({ ctx, call, params }) {
    return shown(await enableClient(ctx, params.client_id, await madeOn(ctx, call, params.client_id)));
  },

  async cloneClient({ ctx, params, body }) {
    return created(await cloneClient(ctx, params.client_id, readClone(body)));
  },
};

const shown = (client: OwnedClient) => ({
  body: writeOne(client, env().appUrl),
  headers: { etag: writeEtag(client) },
});

function created({ client, secret }: Awaited<ReturnType<typeof createClient>>) {
  const location = `/api/v1/clients/${client.clientId}`;
  return {
    body: writeNew(client, { appUrl: env().appUrl, secret }),
    headers: { etag: writeEtag(client), location },
  };
}

/** The version that If-Match names. */
export const madeOn = (ctx: Context, call: Call, clientId: string) =>
  readIfMatch(call, async () => (await getOwnedClient(ctx, clientId)).version);
