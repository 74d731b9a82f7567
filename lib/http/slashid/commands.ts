import { createClient, removeClient, updateClient } from '../../clients/index.ts';
import * as wire from '../../dialects/slashid/index.ts';
import { rotateSecret } from '../../secrets/index.ts';
import { readJsonObject } from '../body.ts';
import type { Call } from '../call.ts';
import { enter, enterClient } from './caller.ts';

export async function postClient(call: Call): Promise<Response> {
  const { ctx, organizationId } = await enter(call, 'clients:write');
  const { metadata, issues } = wire.readNew(await readJsonObject(call));
  const { client, secret } = await createClient(ctx, { organizationId, metadata, found: issues });
  return call.json(wire.writeNew(client, secret?.value), 201);
}

export async function patchClient(call: Call): Promise<Response> {
  const { ctx, clientId } = await enterClient(call, 'clients:write');
  const { patchOf, issues } = wire.readPatch(await readJsonObject(call));
  return call.json({ result: wire.writeOne(await updateClient(ctx, clientId, patchOf, { unreadable: issues })) });
}

export async function deleteClient(call: Call): Promise<Response> {
  const { ctx, clientId } = await enterClient(call, 'clients:write');
  await removeClient(ctx, clientId);
  return call.body(null, 204);
}

/** The secret of before is refused from now on. */
export async function putSecret(call: Call): Promise<Response> {
  const { ctx, clientId } = await enterClient(call, 'clients:write');
  const { value } = await rotateSecret(ctx, clientId, { overlapSeconds: 0 });
  return call.json(wire.writeNewSecret(value));
}
