import { createClient, listClients, removeClient } from '../../clients/index.ts';
import * as wire from '../../dialects/apps/index.ts';
import { notFound } from '../../errors.ts';
import { readJsonObject } from '../body.ts';
import type { Call } from '../call.ts';
import type { Caller } from '../caller.ts';
import { enter } from './caller.ts';

export async function postApp(call: Call): Promise<Response> {
  const { ctx, organizationId } = await enter(call);
  const { metadata, issues } = wire.readNew(await readJsonObject(call));
  const { client, secret } = await createClient(ctx, { organizationId, metadata, found: issues });
  return call.json(wire.writeNew(client, secret?.value), 201);
}

export async function deleteApp(call: Call): Promise<Response> {
  const caller = await enter(call);
  const clientId = await findByNumber(caller, wire.readNumber(call.req.param('id')));
  await removeClient(caller.ctx, clientId);
  return call.body(null, 204);
}

async function findByNumber({ ctx, organizationId }: Caller, number: number | undefined): Promise<string> {
  const filter = { organizationId, number };
  const { items } = number === undefined ? { items: [] } : await listClients(ctx, { filter, limit: 1 });
  if (!items[0]) throw notFound('Application');
  return items[0].clientId;
}
