import { readConsistency } from '#lib/dialects/slashid/index';
import { isUuid } from '#lib/kernel/values';
import { actInOrganization, actInOrganizationOfClient } from '#lib/organizations/index';
import { admitToken, type Caller, hasScopes, isMember } from '../admission.ts';
import type { Call } from '../api.ts';
import { throwIssues } from '../body.ts';
import { ownLimits } from '../limits.ts';
import { fault } from '../problems.ts';

const limits = ownLimits('slashid');

/** Admits a call by this API's two headers. A key is also valid for the organizations below its own. */
export async function admit(call: Call, need: 'clients:read' | 'clients:write'): Promise<Caller> {
  const token = call.req.header('slashid-api-key') ?? '';
  const caller = await admitToken(call, { channel: 'slashid', limits, token, checks: [isMember, hasScopes(need)] });
  const organizationId = call.req.header('slashid-orgid');
  if (organizationId === undefined) throw fault(400, 'Send the header SlashID-OrgID.');
  if (!isUuid(organizationId)) throw fault(400, 'SlashID-OrgID is not the id of an organization.');
  if (need === 'clients:write') throwIssues(readConsistencyOf(call));
  const ctx = await actInOrganization(caller.ctx, organizationId);
  return { ctx, organizationId: ctx.actor.token?.organizationId ?? organizationId };
}

/** Admits a call on the client of the path, in the client's organization: the caller's organization or one below it. */
export async function admitToClient(call: Call, need: 'clients:read' | 'clients:write') {
  const { ctx } = await admit(call, need);
  const clientId = call.req.param('id') ?? '';
  return { ctx: await actInOrganizationOfClient(ctx, clientId), clientId };
}

const readConsistencyOf = (call: Call) =>
  readConsistency(
    call.req.header('slashid-required-consistency'),
    call.req.header('slashid-required-consistency-timeout'),
  );
