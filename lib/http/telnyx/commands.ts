import { createClient, getOwnedClient, removeClient, updateClient } from '../../clients/index.ts';
import * as wire from '../../dialects/telnyx/index.ts';
import { readJsonObject } from '../body.ts';
import type { Call } from '../call.ts';
import { enter } from './caller.ts';

export async function postClient(call: Call): Promise<Response> {
  const { ctx, organizationId } = await enter(call, 'clients:write');
  const { metadata, issues } = wire.readNew(await readJsonObject(call));
  const { client, secret } = await createClient(ctx, { organizationId, metadata, found: issues });
  return call.json(wire.writeNew(client, secret?.value), 201);
}

/** A partial update, whatever the method's name says. */
export async function putClient(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'clients:write');
  const client = await getOwnedClient(ctx, call.req.param('id') ?? '');
  const { patch, issues } = wire.readPatch(await readJsonObject(call), client);
  const changed = await updateClient(ctx, client.clientId, patch, { unreadable: issues });
  return call.json({ data: wire.writeOne(changed) });
}

export async function deleteClient(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'clients:write');
  await removeClient(ctx, call.req.param('id') ?? '');
  return call.body(null, 204);
}
