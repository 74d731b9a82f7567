import {
  addManager,
  cloneClient,
  createClient,
  disableClient,
  enableClient,
  getOwnedClient,
  listManagers,
  type OwnedClient,
  removeClient,
  removeManager,
  updateClient,
  warningsOf,
} from '../../clients/index.ts';
import type { Context } from '../../context.ts';
import {
  type clientOperations,
  readClone,
  readNew,
  readPatch,
  writeEtag,
  writeManager,
  writeNew,
  writeOne,
} from '../../dialects/native/index.ts';
import { env } from '../../env.ts';
import type { Call } from '../call.ts';
import { listPage } from './client-list.ts';
import type { Handlers } from './handler.ts';
import { listClientRefusals, listHistory } from './history.ts';
import { readIfMatch } from './preconditions.ts';

export const clients: Handlers<typeof clientOperations> = {
  listClients: listPage,

  async createClient({ ctx, organizationId, body, misread }) {
    const made = await createClient(ctx, { organizationId, ...readNew(body), found: misread });
    return created(made);
  },

  async getClient({ ctx, params }) {
    return shown(await getOwnedClient(ctx, params.client_id));
  },

  async updateClient({ ctx, call, params, body, misread }) {
    const on = await madeOn(ctx, call, params.client_id);
    return shown(await updateClient(ctx, params.client_id, readPatch(body, misread), { ...on, unreadable: misread }));
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

  async cloneClient({ ctx, params, body, misread }) {
    return created(await cloneClient(ctx, params.client_id, { ...readClone(body), found: misread }));
  },

  async putLogo({ ctx, call, params, body: logo }) {
    const on = await madeOn(ctx, call, params.client_id);
    return shown(await updateClient(ctx, params.client_id, { logo }, on));
  },

  async deleteLogo({ ctx, call, params }) {
    const on = await madeOn(ctx, call, params.client_id);
    return shown(await updateClient(ctx, params.client_id, { logo: null }, on));
  },

  listClientHistory: listHistory,
  listClientRefusals,

  async listManagers({ ctx, params }) {
    return { body: { items: (await listManagers(ctx, params.client_id)).map(writeManager) } };
  },

  async addManager({ ctx, params }) {
    await addManager(ctx, params.client_id, params.user_id);
    return { body: undefined };
  },

  async removeManager({ ctx, params }) {
    await removeManager(ctx, params.client_id, params.user_id);
    return { body: undefined };
  },
};

const shown = (client: OwnedClient) => ({
  body: writeOne(client, { appUrl: env().appUrl, warnings: warningsOf(client) }),
  headers: { etag: writeEtag(client) },
});

function created({ client, secret }: Awaited<ReturnType<typeof createClient>>) {
  const location = `/api/v1/clients/${client.clientId}`;
  return {
    body: writeNew(client, { appUrl: env().appUrl, warnings: warningsOf(client), secret }),
    headers: { etag: writeEtag(client), location },
  };
}

/** The version that If-Match names. */
const madeOn = (ctx: Context, call: Call, clientId: string) =>
  readIfMatch(call, async () => (await getOwnedClient(ctx, clientId)).version);
