import { createClient, listAllClients, removeClient, updateClient } from '#lib/clients/index';
import type { Client } from '#lib/clients/rules';
import * as wire from '#lib/dialects/trackle/index';
import { getOrganization } from '#lib/organizations/index';
import { mayReadSealed, readSealedSecrets } from '#lib/secrets/index';
import type { Call } from '../api.ts';
import { sendList } from '../send-list.ts';
import { admit, type Caller, getNamedClient, readBody } from './caller.ts';

export async function postClient(call: Call): Promise<Response> {
  const caller = await admit(call, 'clients:write');
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
  const caller = await admit(call, 'clients:write');
  const { clientId } = await getNamedClient(caller, call.req.param('id'));
  const { patch, issues } = wire.readPatch(await readBody(call, caller));
  const client = await updateClient(caller.ctx, clientId, patch, { unreadable: issues });
  const secretOf = await secretsOf(caller, [client]);
  return call.json(wire.writeNew(client, { orgId: await orgIdOf(caller), secret: secretOf(client) }));
}

export async function deleteClient(call: Call): Promise<Response> {
  const caller = await admit(call, 'clients:write');
  const { clientId } = await getNamedClient(caller, call.req.param('id'));
  await removeClient(caller.ctx, clientId);
  return call.body(null, 204);
}

/** The caller's organization as this API identifies it. */
export async function orgIdOf({ ctx, organizationId }: Caller): Promise<string> {
  return (await getOrganization(ctx, organizationId)).externalId;
}

/** Returns a function from a client to its secret: null if no readable copy is stored, undefined if the caller may not see secrets. */
export async function secretsOf({ ctx, organizationId }: Caller, clients: readonly Client[]) {
  const secrets = await readSealedSecrets(ctx, clients);
  const none = mayReadSealed(ctx, organizationId) ? null : undefined;
  return ({ clientId }: Client): string | null | undefined => secrets.get(clientId) ?? none;
}

export async function getClients(call: Call): Promise<Response> {
  return sendList(call, writePages(await admit(call, 'clients:read')));
}

async function* writePages(caller: Caller) {
  const { ctx, organizationId, product } = caller;
  const orgId = await orgIdOf(caller);
  for await (const clients of listAllClients(ctx, { organizationId, productId: product?.id })) {
    const secretOf = await secretsOf(caller, clients);
    yield clients.map((client) => wire.writeOne(client, { orgId, secret: secretOf(client) }));
  }
}
