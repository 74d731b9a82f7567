import { type ClientFilter, type ClientPage, listClients } from '#lib/clients/index';
import type { Client } from '#lib/clients/rules';
import * as wire from '#lib/dialects/docspace/index';
import { listOwnGrants, revokeGrantTo } from '#lib/grants/index';
import { database } from '#lib/kernel/database';
import { type Issue, notFound } from '#lib/kernel/errors';
import { findPublicClient } from '#lib/public-info/index';
import { listScopes } from '#lib/scopes/index';
import { readSealedSecrets } from '#lib/secrets/index';
import type { Call } from '../api.ts';
import { throwIssues } from '../body.ts';
import { takeFromBudget } from '../limits.ts';
import { admit, type Caller, getVisibleClient, logoOf, logosOf, publicLimits, tenantOf } from './caller.ts';

export async function getClients(call: Call): Promise<Response> {
  const caller = await admit(call, 'clients:read');
  const filter = wire.readFilter(call.req.queries(), { limitRequired: false });
  const page = await listPage(caller, filter);
  const [logos, tenant] = await Promise.all([logosOf(caller.ctx.db, page.items), tenantOf(caller)]);
  const items = page.items.map((client) => wire.writeOne(client, { tenant, logo: logos(client) }));
  return call.json(wire.writeList(items, { limit: filter.limit, more: page.next !== undefined }));
}

export async function getClient(call: Call): Promise<Response> {
  const caller = await admit(call, 'clients:read');
  const client = await getVisibleClient(caller, call.req.param('id'));
  const secrets = await readSealedSecrets(caller.ctx, [client]);
  const [logo, tenant] = await Promise.all([logoOf(caller.ctx.db, client), tenantOf(caller)]);
  return call.json(wire.writeOne(client, { tenant, logo, secret: secrets.get(client.clientId) }));
}

export async function getClientInfo(call: Call): Promise<Response> {
  const caller = await admit(call, 'clients:read');
  const client = await getVisibleClient(caller, call.req.param('id'));
  return call.json(wire.writeInfo(client, await logoOf(caller.ctx.db, client)));
}

/** With `?ids=`, the named clients that the caller sees, in that order. Otherwise a page of all clients that the caller sees. */
export async function getClientsInfo(call: Call): Promise<Response> {
  const caller = await admit(call, 'clients:read');
  const query = call.req.queries();
  const named = wire.readIds(query);
  if (named.ids) return call.json(await writeInfos(caller, await listNamed(caller, named.ids, named.issues)));
  const filter = wire.readFilter(query, { limitRequired: true });
  const page = await listPage(caller, filter);
  return call.json(await writeInfos(caller, { ...page, limit: filter.limit }));
}

export async function getScopes(call: Call): Promise<Response> {
  const { ctx } = await admit(call, 'signed in');
  return call.json(wire.writeScopes(await listScopes(ctx.db)));
}

type Filter = ReturnType<typeof wire.readFilter>;

function listPage(caller: Caller, { limit, after, issues }: Filter): Promise<ClientPage> {
  throwIssues(issues);
  return listClients(caller.ctx, { filter: visibleTo(caller), limit, after });
}

async function listNamed(caller: Caller, clientIds: string[], issues: Issue[]) {
  throwIssues(issues);
  const limit = Math.max(1, clientIds.length);
  const { items } = await listClients(caller.ctx, { filter: { ...visibleTo(caller), clientIds }, limit });
  const found = new Map(items.map((client) => [client.clientId, client]));
  return { items: clientIds.flatMap((id) => found.get(id) ?? []), next: undefined, limit };
}

async function writeInfos({ ctx }: Caller, page: { items: Client[]; next?: unknown; limit: number }) {
  const logos = await logosOf(ctx.db, page.items);
  const infos = page.items.map((client) => wire.writeInfo(client, logos(client)));
  return wire.writeList(infos, { limit: page.limit, more: page.next !== undefined });
}

const visibleTo = ({ organizationId, onlyOf }: Caller): ClientFilter => ({ organizationId, ...onlyOf });

/** Public information, for anyone who knows the client id. It contains no ids of people. */
export async function getPublicInfo(call: Call): Promise<Response> {
  await takeFromBudget(call, publicLimits);
  const client = await findPublicClient(database(), call.req.param('id') ?? '');
  if (!client) throw notFound('Client');
  return call.json(wire.writeInfo(client, await logoOf(database(), client)));
}

/** The caller's own grants, whatever their role. */
export async function getConsents(call: Call): Promise<Response> {
  const { ctx } = await admit(call, 'signed in');
  const { limit, after, issues } = wire.readConsentFilter(call.req.queries());
  throwIssues(issues);
  const { items, next } = await listOwnGrants(ctx, { sort: 'updated', limit, after });
  const logoOf = await logosOf(
    ctx.db,
    items.map(({ client }) => client),
  );
  return call.json(wire.writeConsents(items, { limit, more: next !== undefined, logoOf }));
}

/** Revokes the caller's own grant to the client. The answer is the same if there is none. */
export async function deleteConsent(call: Call): Promise<Response> {
  const { ctx } = await admit(call, 'signed in');
  const { clientId, issues } = wire.readClientId(call.req.param('id'));
  throwIssues(issues);
  await revokeGrantTo(ctx, clientId);
  return call.body(null, 200);
}
