import { createHash } from 'node:crypto';
import { type publicOperations, writeInfo, writeOpenApi, writeScope } from '#lib/dialects/native/index';
import { env } from '#lib/kernel/env';
import { notFound } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';
import { findPublicClient, findPublicClients } from '#lib/public-info/index';
import { listScopeResources } from '#lib/resources/index';
import { listScopes } from '#lib/scopes/index';
import type { Call } from '../api.ts';
import { admit } from './caller.ts';
import type { Handlers } from './handler.ts';
import { isUnchanged } from './read.ts';

export const publicInfo: Handlers<typeof publicOperations> = {
  async listScopes({ ctx }) {
    const [scopes, resources] = await Promise.all([listScopes(ctx.db), listScopeResources(ctx.db)]);
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

const document = () =>
  once('native-openapi', () => {
    const text = JSON.stringify(writeOpenApi(env().appUrl));
    return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
  });

/** The OpenAPI document of this API, for anyone. */
export async function getOpenApi(call: Call): Promise<Response> {
  await admit(call, 'anyone');
  const { text, etag } = document();
  call.header('etag', etag);
  call.header('cache-control', 'no-cache');
  if (isUnchanged(call, etag)) return call.body(null, 304);
  return call.body(text, 200, { 'content-type': 'application/json' });
}
