import * as wire from '../../dialects/docspace/index.ts';
import { listOwnGrants, revokeGrantTo } from '../../grants/index.ts';
import type { Call } from '../call.ts';
import { refuseWrong } from '../refuse-wrong.ts';
import { enter } from './caller.ts';
import { logosOf } from './logos.ts';

/** What the caller allowed, whatever their role. */
export async function getConsents(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'signed in');
  const { limit, after, issues } = wire.readConsentFilter(call.req.queries());
  refuseWrong(issues);
  const { items, next } = await listOwnGrants(ctx, { sort: 'updated', limit, after });
  const logoOf = await logosOf(
    ctx.db,
    items.map(({ client }) => client),
  );
  return call.json(wire.writeConsents(items, { limit, more: next !== undefined, logoOf }));
}

/** Only the caller's own consent, and the same answer when there is none. */
export async function deleteConsent(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'signed in');
  const { clientId, issues } = wire.readClientId(call.req.param('id'));
  refuseWrong(issues);
  await revokeGrantTo(ctx, clientId);
  return call.body(null, 200);
}
