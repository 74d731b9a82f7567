import { getAppearance, replaceAppearance } from '#lib/appearance/index';
import { authenticateClient } from '#lib/authorization-server/answer';
import { mintTokens, revokeOfPerson } from '#lib/authorization-server/tokens/by-owner';
import { createClient, getOwnedClient, listClientsByNumber, removeClient, updateClient } from '#lib/clients/index';
import * as wire from '#lib/dialects/slashid/index';
import { actInOrganizationOfClient } from '#lib/organizations/index';
import { rotateSecret } from '#lib/secrets/index';
import type { Call } from '../api.ts';
import { readJsonObject, throwIssues } from '../body.ts';
import { isForm, readParameters } from '../form.ts';
import { fault } from '../problems.ts';
import { admit, admitToClient } from './caller.ts';

export async function postClient(call: Call): Promise<Response> {
  const { ctx, organizationId } = await admit(call, 'clients:write');
  const { metadata, issues } = wire.readNew(await readJsonObject(call));
  const { client, secret } = await createClient(ctx, { organizationId, metadata, found: issues });
  return call.json(wire.writeNew(client, secret?.value), 201);
}

export async function patchClient(call: Call): Promise<Response> {
  const { ctx, clientId } = await admitToClient(call, 'clients:write');
  const { patchOf, issues } = wire.readPatch(await readJsonObject(call));
  return call.json({ result: wire.writeOne(await updateClient(ctx, clientId, patchOf, { unreadable: issues })) });
}

export async function deleteClient(call: Call): Promise<Response> {
  const { ctx, clientId } = await admitToClient(call, 'clients:write');
  await removeClient(ctx, clientId);
  return call.body(null, 204);
}

/** Replaces the secret; the earlier one stops working at once. */
export async function putSecret(call: Call): Promise<Response> {
  const { ctx, clientId } = await admitToClient(call, 'clients:write');
  const { value } = await rotateSecret(ctx, clientId, { overlapSeconds: 0 });
  return call.json(wire.writeNewSecret(value));
}

export async function getClients(call: Call): Promise<Response> {
  const { ctx, organizationId } = await admit(call, 'clients:read');
  const { limit, offset, issues } = wire.readFilter(call.req.queries());
  throwIssues(issues);
  const { items, total } = await listClientsByNumber(ctx, { filter: { organizationId }, limit, offset });
  return call.json(wire.writeList(items, { limit, offset, total }));
}

export async function getClient(call: Call): Promise<Response> {
  const { ctx, clientId } = await admitToClient(call, 'clients:read');
  return call.json({ result: wire.writeOne(await getOwnedClient(ctx, clientId)) });
}

export async function getUiConfiguration(call: Call): Promise<Response> {
  const { ctx, clientId } = await admitToClient(call, 'clients:read');
  return call.json(wire.writeAppearance(await getAppearance(ctx, clientId)));
}

export async function putUiConfiguration(call: Call): Promise<Response> {
  const { ctx, clientId } = await admitToClient(call, 'clients:write');
  const { appearance, issues } = wire.readAppearance(await readJsonObject(call));
  throwIssues(issues);
  return call.json(wire.writeAppearance(await replaceAppearance(ctx, clientId, appearance)), 201);
}

const formBytesMax = 48 * 1024;

/** Issues tokens for the caller itself, or for one of its machine clients. */
export async function postMint(call: Call): Promise<Response> {
  const { ctx } = await admit(call, 'clients:write');
  const { issues, ...wanted } = wire.readMint(await readJsonObject(call));
  throwIssues(issues);
  const owned = await actInOrganizationOfClient(ctx, wanted.clientId);
  return call.json(wire.writeTokens(await mintTokens(owned, wanted)));
}

/** Revokes all tokens that the calling client has for a person; the answer does not reveal whether there were any. */
export async function postRevokeAll(call: Call): Promise<Response> {
  if (!isForm(call)) throw fault(415, 'Send the body as application/x-www-form-urlencoded.');
  const parameters = await readParameters(call, formBytesMax);
  const headers = { authorization: call.req.header('authorization'), origin: undefined, dpop: undefined };
  const client = await authenticateClient({ parameters, network: call.get('network'), ...headers });
  const { subject, until, issues } = wire.readRevokeAll(parameters);
  throwIssues(issues);
  await revokeOfPerson(client, subject, until);
  return call.body(null, 200);
}
