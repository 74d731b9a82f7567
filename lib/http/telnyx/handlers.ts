import { answerTokenConsent, getTokenConsent } from '#lib/authorization-server/interaction/consent-token';
import { createClient, getOwnedClient, listClientsByNumber, removeClient, updateClient } from '#lib/clients/index';
import * as wire from '#lib/dialects/telnyx/index';
import { getOwnGrant, listOwnGrantsByNumber, revokeGrant } from '#lib/grants/index';
import { env } from '#lib/kernel/env';
import type { Call } from '../api.ts';
import { readJsonObject, refuseWrong } from '../body.ts';
import { type Caller, enterRegistry } from '../caller.ts';
import type { ApiLimits } from '../limits.ts';

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

export async function getClients(call: Call): Promise<Response> {
  const { ctx, organizationId } = await enter(call, 'clients:read');
  const { number, size, filter, issues } = wire.readFilter(call.req.queries());
  refuseWrong(issues);
  const asked = { filter: { ...filter, organizationId }, limit: size, offset: (number - 1) * size };
  const { items, total } = await listClientsByNumber(ctx, asked);
  return call.json(wire.writeList(items, { number, size, total }));
}

export async function getClient(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'clients:read');
  return call.json({ data: wire.writeOne(await getOwnedClient(ctx, call.req.param('id') ?? '')) });
}

export async function getConsent(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'grants:read');
  const asked = await getTokenConsent(ctx, call.req.param('token') ?? '');
  return call.json({ data: wire.writeConsent(asked, env().appUrl) });
}

/** Answers where the person's browser goes on, with a code or an error. */
export async function postGrant(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'grants:write');
  const { consentToken, allowed, issues } = wire.readConsent(await readJsonObject(call));
  refuseWrong(issues);
  return call.json({ redirect_uri: await answerTokenConsent(ctx, consentToken, allowed) });
}

export async function getGrants(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'grants:read');
  const { number, size, issues } = wire.readPage(call.req.queries());
  refuseWrong(issues);
  const { items, total } = await listOwnGrantsByNumber(ctx, { limit: size, offset: (number - 1) * size });
  return call.json(wire.writeGrants(items, { number, size, total }));
}

export async function getGrant(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'grants:read');
  return call.json({ data: wire.writeGrant(await getOwnGrant(ctx, call.req.param('id') ?? '')) });
}

/** Answers what was revoked. */
export async function deleteGrant(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'grants:write');
  return call.json({ data: wire.writeGrant(await revokeGrant(ctx, call.req.param('id') ?? '')) });
}

/** This API documents no limits: these are ours. */
const limits: ApiLimits = {
  name: 'telnyx',
  perMinute: { read: 600, create: 60, change: 120 },
  perSecond: 50,
  secondsAreOf: 'each network',
};

type Need = 'clients:read' | 'clients:write' | 'grants:read' | 'grants:write';

function enter(call: Call, need: Need): Promise<Caller> {
  return enterRegistry(call, { channel: 'telnyx', limits, need });
}
