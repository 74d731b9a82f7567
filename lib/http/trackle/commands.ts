import { createClient, removeClient, updateClient } from '../../clients/index.ts';
import * as wire from '../../dialects/trackle/index.ts';
import type { Call } from '../call.ts';
import { enter, getNamedClient, readBody } from './caller.ts';
import { orgIdOf, secretsOf } from './known.ts';

export async function postClient(call: Call): Promise<Response> {
  const caller = await enter(call, 'clients:write');
  const { ctx, organizationId, product } = caller;
  const { metadata, issues } = wire.readNew(await readBody(call, caller));
  const { client, secret } = await createClient(ctx, {
    organizationId,
    productId: product?.id,
    metadata,
    found: issues,
  });
  return call.json(wire.writeNew(client, { orgId: await orgIdOf(caller), secret: secret?.value }));
}

export async function putClient(call: Call): Promise<Response> {
  const caller = await enter(call, 'clients:write');
  const { clientId } = await getNamedClient(caller, call.req.param('id'));
  const { patch, issues } = wire.readPatch(await readBody(call, caller));
  const client = await updateClient(caller.ctx, clientId, patch, { unreadable: issues });
  const secretOf = await secretsOf(caller, [client]);
  return call.json(wire.writeNew(client, { orgId: await orgIdOf(caller), secret: secretOf(client) }));
}

export async function deleteClient(call: Call): Promise<Response> {
  const caller = await enter(call, 'clients:write');
  const { clientId } = await getNamedClient(caller, call.req.param('id'));
  await removeClient(caller.ctx, clientId);
  return call.body(null, 204);
}
