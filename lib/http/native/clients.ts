import {
  addManager,
  cloneClient,
  createClient,
  disableClient,
  enableClient,
  getOwnedClient,
  listClientHistory,
  listManagers,
  type OwnedClient,
  removeClient,
  removeManager,
  updateClient,
  warningsOf,
} from '#lib/clients/index';
import { readCursor, writeCursor } from '#lib/cursors/index';
import {
  type clientOperations,
  readClone,
  readNew,
  readPatch,
  writeEtag,
  writeEvent,
  writeManager,
  writeNew,
  writeOne,
  writeRefusal,
} from '#lib/dialects/native/index';
import type { Context } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { listRefusals } from '#lib/refusals/index';
import type { Call } from '../api.ts';
import { type Handler, type Handlers, invalidCursor, listPage } from './handler.ts';
import { readIfMatch } from './read.ts';

/** A page of a client's audit events, newest first. */
const listHistory: Handler<typeof clientOperations.listClientHistory> = async ({
  ctx,
  organizationId,
  params,
  query: { limit, cursor },
}) => {
  const list = ['history', organizationId, params.client_id.toLowerCase()];
  const place = cursor === undefined ? undefined : readCursor(cursor, list);
  if (cursor !== undefined && !place) throw invalidCursor();
  const events = await listClientHistory(ctx, params.client_id, {
    limit: limit + 1,
    ...(place && { before: Number(place[0]) }),
  });
  const items = events.slice(0, limit);
  const last = events.length > limit ? items.at(-1) : undefined;
  return { body: { items: items.map(writeEvent), next_cursor: last ? writeCursor([last.id], list) : null } };
};

/** A page of a client's refused requests, the latest first. */
const listClientRefusals: Handler<typeof clientOperations.listClientRefusals> = async ({
  ctx,
  organizationId,
  params,
  query: { limit, cursor },
}) => {
  const list = ['refusals', organizationId, params.client_id.toLowerCase()];
  const place = cursor === undefined ? undefined : readCursor(cursor, list);
  if (cursor !== undefined && !place) throw invalidCursor();
  const refusals = await listRefusals(ctx, params.client_id, {
    limit: limit + 1,
    ...(place && { before: { lastAt: new Date(String(place[0])), reference: String(place[1]) } }),
  });
  const items = refusals.slice(0, limit);
  const last = refusals.length > limit ? items.at(-1) : undefined;
  const next = last ? writeCursor([last.lastAt.toISOString(), last.reference], list) : null;
  return { body: { items: items.map(writeRefusal), next_cursor: next } };
};

export const clients: Handlers<typeof clientOperations> = {
  listClients: listPage,

  async createClient({ ctx, organizationId, body, misread }) {
    return withSecret(await createClient(ctx, { organizationId, ...readNew(body), found: misread }));
  },

  async getClient({ ctx, params }) {
    return withEtag(await getOwnedClient(ctx, params.client_id));
  },

  async updateClient({ ctx, call, params, body, misread }) {
    const options = { ...(await readVersion(ctx, call, params.client_id)), unreadable: misread };
    return withEtag(await updateClient(ctx, params.client_id, readPatch(body, misread), options));
  },

  async deleteClient({ ctx, call, params }) {
    await removeClient(ctx, params.client_id, await readVersion(ctx, call, params.client_id));
    return { body: undefined };
  },

  async disableClient({ ctx, call, params }) {
    return withEtag(await disableClient(ctx, params.client_id, await readVersion(ctx, call, params.client_id)));
  },

  async enableClient({ ctx, call, params }) {
    return withEtag(await enableClient(ctx, params.client_id, await readVersion(ctx, call, params.client_id)));
  },

  async cloneClient({ ctx, params, body, misread }) {
    return withSecret(await cloneClient(ctx, params.client_id, { ...readClone(body), found: misread }));
  },

  async putLogo({ ctx, call, params, body: logo }) {
    const version = await readVersion(ctx, call, params.client_id);
    return withEtag(await updateClient(ctx, params.client_id, { logo }, version));
  },

  async deleteLogo({ ctx, call, params }) {
    const version = await readVersion(ctx, call, params.client_id);
    return withEtag(await updateClient(ctx, params.client_id, { logo: null }, version));
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

const withEtag = (client: OwnedClient) => ({
  body: writeOne(client, { appUrl: env().appUrl, warnings: warningsOf(client) }),
  headers: { etag: writeEtag(client) },
});

function withSecret({ client, secret }: Awaited<ReturnType<typeof createClient>>) {
  const location = `/api/v1/clients/${client.clientId}`;
  return {
    body: writeNew(client, { appUrl: env().appUrl, warnings: warningsOf(client), secret }),
    headers: { etag: writeEtag(client), location },
  };
}

/** The version in If-Match. */
const readVersion = (ctx: Context, call: Call, clientId: string) =>
  readIfMatch(call, async () => (await getOwnedClient(ctx, clientId)).version);
