import { answerTokenConsent, getTokenConsent } from '#lib/authorization-server/interaction/consent-token';
import { createClient, getOwnedClient, listClientsByNumber, removeClient, updateClient } from '#lib/clients/index';
import * as wire from '#lib/dialects/telnyx/index';
import { getOwnGrant, listOwnGrantsByNumber, revokeGrant } from '#lib/grants/index';
import { env } from '#lib/kernel/env';
import { admitToken, type Caller, hasScopes, isMember, type Need } from '../admission.ts';
import type { Call } from '../api.ts';
import { readJsonObject, throwIssues } from '../body.ts';
import { ownLimits } from '../limits.ts';

export async function postClient(call: Call): Promise<Response> {
  const { ctx, organizationId } = await admit(call, 'clients:write');
  const { metadata, issues } = wire.readNew(await readJsonObject(call));
  const { client, secret } = await createClient(ctx, { organizationId, metadata, found: issues });
  return call.json(wire.writeNew(client, secret?.value), 201);
}

/** A partial update, in spite of the method's name. */
export async function putClient(call: Call): Promise<Response> {
  const { ctx } = await admit(call, 'clients:write');
  const client = await getOwnedClient(ctx, call.req.param('id') ?? '');
  const { patch, issues } = wire.readPatch(await readJsonObject(call), client);
  const changed = await updateClient(ctx, client.clientId, patch, { unreadable: issues });
  return call.json({ data: wire.writeOne(changed) });
}

export async function deleteClient(call: Call): Promise<Response> {
  const { ctx } = await admit(call, 'clients:write');
  await removeClient(ctx, call.req.param('id') ?? '');
  return call.body(null, 204);
}

export async function getClients(call: Call): Promise<Response> {
  const { ctx, organizationId } = await admit(call, 'clients:read');
  const { number, size, filter, issues } = wire.readFilter(call.req.queries());
  throwIssues(issues);
  const page = { filter: { ...filter, organizationId }, limit: size, offset: (number - 1) * size };
  const { items, total } = await listClientsByNumber(ctx, page);
  return call.json(wire.writeList(items, { number, size, total }));
}

export async function getClient(call: Call): Promise<Response> {
  const { ctx } = await admit(call, 'clients:read');
  return call.json({ data: wire.writeOne(await getOwnedClient(ctx, call.req.param('id') ?? '')) });
}

export async function getConsent(call: Call): Promise<Response> {
  const { ctx } = await admit(call, 'grants:read');
  const consent = await getTokenConsent(ctx, call.req.param('token') ?? '');
  return call.json({ data: wire.writeConsent(consent, env().appUrl) });
}

/** Answers the consent request; returns the redirect URI for the person's browser, with a code or an error. */
export async function postGrant(call: Call): Promise<Response> {
  const { ctx } = await admit(call, 'grants:write');
  const { consentToken, allowed, issues } = wire.readConsent(await readJsonObject(call));
  throwIssues(issues);
  return call.json({ redirect_uri: await answerTokenConsent(ctx, consentToken, allowed) });
}

export async function getGrants(call: Call): Promise<Response> {
  const { ctx } = await admit(call, 'grants:read');
  const { number, size, issues } = wire.readPage(call.req.queries());
  throwIssues(issues);
  const { items, total } = await listOwnGrantsByNumber(ctx, { limit: size, offset: (number - 1) * size });
  return call.json(wire.writeGrants(items, { number, size, total }));
}

export async function getGrant(call: Call): Promise<Response> {
  const { ctx } = await admit(call, 'grants:read');
  return call.json({ data: wire.writeGrant(await getOwnGrant(ctx, call.req.param('id') ?? '')) });
}

/** Revokes the grant and returns it. */
export async function deleteGrant(call: Call): Promise<Response> {
  const { ctx } = await admit(call, 'grants:write');
  return call.json({ data: wire.writeGrant(await revokeGrant(ctx, call.req.param('id') ?? '')) });
}

const limits = ownLimits('telnyx');

const admit = (call: Call, need: Need): Promise<Caller> =>
  admitToken(call, { channel: 'telnyx', limits, checks: [isMember, hasScopes(need)] });
