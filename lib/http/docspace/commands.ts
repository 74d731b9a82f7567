import {
  createClient,
  disableClient,
  enableClient,
  removeClient,
  removeClients,
  updateClient,
} from '#lib/clients/index';
import * as wire from '#lib/dialects/docspace/index';
import { RegistryError } from '#lib/kernel/errors';
import { rotateSecret } from '#lib/secrets/index';
import type { Call } from '../api.ts';
import { readJsonObject, throwIssues } from '../body.ts';
import { admit, getVisibleClient, logoOf, tenantOf } from './caller.ts';

/** The JSON contains the logo. */
const bytesMaxWithLogo = 3 * 1024 * 1024;

export async function postClient(call: Call): Promise<Response> {
  const caller = await admit(call, 'clients:write');
  const { ctx, organizationId } = caller;
  const { metadata, logo, issues } = wire.readNew(await readJsonObject(call, bytesMaxWithLogo));
  const { client, secret } = await createClient(ctx, { organizationId, metadata, logo, found: issues });
  const known = { tenant: await tenantOf(caller), logo: await logoOf(ctx.db, client), secret: secret?.value };
  return call.json(wire.writeNew(client, known), 201);
}

export async function putClient(call: Call): Promise<Response> {
  const caller = await admit(call, 'clients:write');
  const { clientId } = await getVisibleClient(caller, call.req.param('id'));
  const { patch, issues } = wire.readPatch(await readJsonObject(call, bytesMaxWithLogo));
  await updateClient(caller.ctx, clientId, patch, { unreadable: issues });
  return call.body(null, 200);
}

export async function patchActivation(call: Call): Promise<Response> {
  const caller = await admit(call, 'clients:write');
  const { clientId } = await getVisibleClient(caller, call.req.param('id'));
  const { enabled, issues } = wire.readActivation(await readJsonObject(call));
  throwIssues(issues);
  await (enabled ? enableClient : disableClient)(caller.ctx, clientId);
  return call.body(null, 200);
}

/** Replaces the secret: all earlier secrets, and the tokens issued with them, stop working at once. Grants stay. */
export async function patchRegenerate(call: Call): Promise<Response> {
  const caller = await admit(call, 'clients:write');
  const { clientId } = await getVisibleClient(caller, call.req.param('id'));
  const { value } = await rotateSecret(caller.ctx, clientId, { name: 'Regenerated secret', overlapSeconds: 0 });
  return call.json(wire.writeNewSecret(value));
}

export async function deleteClient(call: Call): Promise<Response> {
  const caller = await admit(call, 'clients:write');
  const { clientId } = await getVisibleClient(caller, call.req.param('id'));
  await removeClient(caller.ctx, clientId);
  return call.body(null, 200);
}

/** Deletes all clients that the caller created through this API. */
export async function deleteOwnClients(call: Call): Promise<Response> {
  const { ctx, organizationId } = await admit(call, 'clients:write');
  await removeClients(ctx, { organizationId, provenance: 'docspace', all: false });
  return call.body(null, 200);
}

/** Deletes all clients of the tenant that were created through this API; for an ADMIN only. */
export async function deleteTenantClients(call: Call): Promise<Response> {
  const { ctx, organizationId, onlyOf } = await admit(call, 'clients:write');
  if (onlyOf) throw new RegistryError('forbidden', 'Access denied');
  await removeClients(ctx, { organizationId, provenance: 'docspace', all: true });
  return call.body(null, 200);
}
