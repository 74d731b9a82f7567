import { getOwnedClient, listClientsByNumber } from '../../clients/index.ts';
import * as wire from '../../dialects/telnyx/index.ts';
import type { Call } from '../call.ts';
import { refuseWrong } from '../refuse-wrong.ts';
import { enter } from './caller.ts';

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
