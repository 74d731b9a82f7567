import * as wire from '../../dialects/telnyx/index.ts';
import { getOwnGrant, listOwnGrantsByNumber, revokeGrant } from '../../grants/index.ts';
import type { Call } from '../call.ts';
import { refuseWrong } from '../refuse-wrong.ts';
import { enter } from './caller.ts';

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
