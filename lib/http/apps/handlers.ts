import { createClient, listAllClients, listClients, removeClient } from '#lib/clients/index';
import * as wire from '#lib/dialects/apps/index';
import { notFound } from '#lib/kernel/errors';
import { mayReadSealed, readSealedSecrets } from '#lib/secrets/index';
import { admitToken, type Caller, hasScopes, isMember } from '../admission.ts';
import type { Call } from '../api.ts';
import { readJsonObject } from '../body.ts';
import { ownLimits } from '../limits.ts';
import { sendList } from '../send-list.ts';

export async function postApp(call: Call): Promise<Response> {
  const { ctx, organizationId } = await admit(call);
  const { metadata, issues } = wire.readNew(await readJsonObject(call));
  const { client, secret } = await createClient(ctx, { organizationId, metadata, found: issues });
  return call.json(wire.writeNew(client, secret?.value), 201);
}

export async function deleteApp(call: Call): Promise<Response> {
  const caller = await admit(call);
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

export async function getApps(call: Call): Promise<Response> {
  return sendList(call, writePages(await admit(call)));
}

async function* writePages({ ctx, organizationId }: Caller) {
  const none = mayReadSealed(ctx, organizationId) ? null : undefined;
  for await (const clients of listAllClients(ctx, { organizationId })) {
    const secrets = await readSealedSecrets(ctx, clients);
    yield clients.map((client) => wire.writeOne(client, secrets.get(client.clientId) ?? none));
  }
}

const limits = ownLimits('apps');

/** Every operation needs a token that may read and write. */
const admit = (call: Call): Promise<Caller> =>
  admitToken(call, { channel: 'apps', limits, checks: [isMember, hasScopes('read and write')] });
