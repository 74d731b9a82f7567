import { readConsistency } from '#lib/dialects/slashid/index';
import { isUuid } from '#lib/kernel/values';
import { enterOrganization, enterOwner } from '#lib/organizations/index';
import type { Call } from '../api.ts';
import { refuseWrong } from '../body.ts';
import { type Caller, enterRegistry } from '../caller.ts';
import type { ApiLimits } from '../limits.ts';
import { fault } from '../problems.ts';

/** This API documents no limits: these are ours. */
const limits: ApiLimits = {
  name: 'slashid',
  perMinute: { read: 600, create: 60, change: 120 },
  perSecond: 50,
  secondsAreOf: 'each network',
};

/** As `enterRegistry`, by this API's two headers. A key also speaks for the organizations below its own. */
export async function enter(call: Call, need: 'clients:read' | 'clients:write'): Promise<Caller> {
  const token = call.req.header('slashid-api-key') ?? '';
  const caller = await enterRegistry(call, { channel: 'slashid', limits, need, token });
  const organizationId = call.req.header('slashid-orgid');
  if (organizationId === undefined) throw fault(400, 'Send the header SlashID-OrgID.');
  if (!isUuid(organizationId)) throw fault(400, 'SlashID-OrgID is not the id of an organization.');
  if (need === 'clients:write') refuseWrong(readConsistencyOf(call));
  const ctx = await enterOrganization(caller.ctx, organizationId);
  return { ctx, organizationId: ctx.actor.token?.organizationId ?? organizationId };
}

/** The caller where the client of the path belongs: in its organization, or in one below it. */
export async function enterClient(call: Call, need: 'clients:read' | 'clients:write') {
  const { ctx } = await enter(call, need);
  const clientId = call.req.param('id') ?? '';
  return { ctx: await enterOwner(ctx, clientId), clientId };
}

const readConsistencyOf = (call: Call) =>
  readConsistency(
    call.req.header('slashid-required-consistency'),
    call.req.header('slashid-required-consistency-timeout'),
  );
