import { getOwnedClient, listClientsByNumber } from '../../clients/index.ts';
import * as wire from '../../dialects/slashid/index.ts';
import type { Call } from '../call.ts';
import { refuseWrong } from '../refuse-wrong.ts';
import { enter, enterClient } from './caller.ts';

export async function getClients(call: Call): Promise<Response> {
  const { ctx, organizationId } = await enter(call, 'clients:read');
  const { limit, offset, issues } = wire.readFilter(call.req.queries());
  refuseWrong(issues);
  const { items, total } = await listClientsByNumber(ctx, { filter: { organizationId }, limit, offset });
  return call.json(wire.writeList(items, { limit, offset, total }));
}

export async function getClient(call: Call): Promise<Response> {
  const { ctx, clientId } = await enterClient(call, 'clients:read');
  return call.json({ result: wire.writeOne(await getOwnedClient(ctx, clientId)) });
}
