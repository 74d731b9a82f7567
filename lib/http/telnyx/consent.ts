import { answerTokenConsent, getTokenConsent } from '../../authorization-server/consent-token.ts';
import * as wire from '../../dialects/telnyx/index.ts';
import { env } from '../../env.ts';
import { readJsonObject } from '../body.ts';
import type { Call } from '../call.ts';
import { refuseWrong } from '../refuse-wrong.ts';
import { enter } from './caller.ts';

export async function getConsent(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'grants:read');
  const asked = await getTokenConsent(ctx, call.req.param('token') ?? '');
  return call.json({ data: wire.writeConsent(asked, env().appUrl) });
}

/** Answers where the person's browser goes on, with a code or an error. */
export async function postGrant(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'grants:write');
  const { consentToken, allowed, issues } = wire.readConsent(await readJsonObject(call));
  refuseWrong(issues);
  return call.json({ redirect_uri: await answerTokenConsent(ctx, consentToken, allowed) });
}
