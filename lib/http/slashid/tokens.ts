import { authenticateClient } from '../../authorization-server/answer.ts';
import { mintTokens } from '../../authorization-server/mint-tokens.ts';
import { revokeOfPerson } from '../../authorization-server/revoke-of-person.ts';
import * as wire from '../../dialects/slashid/index.ts';
import { enterOwner } from '../../organizations/index.ts';
import { readJsonObject } from '../body.ts';
import type { Call } from '../call.ts';
import { isForm, readParameters } from '../form.ts';
import { fault } from '../problems.ts';
import { refuseWrong } from '../refuse-wrong.ts';
import { enter } from './caller.ts';

const formBytesMax = 48 * 1024;

/** For the caller itself, or as one of its machine clients. */
export async function postMint(call: Call): Promise<Response> {
  const { ctx } = await enter(call, 'clients:write');
  const { issues, ...wanted } = wire.readMint(await readJsonObject(call));
  refuseWrong(issues);
  const owned = await enterOwner(ctx, wanted.clientId);
  return call.json(wire.writeTokens(await mintTokens(owned, wanted)));
}

/** All that the client that asks was given for a person; nothing says whether there was anything. */
export async function postRevokeAll(call: Call): Promise<Response> {
  if (!isForm(call)) throw fault(415, 'Send the body as application/x-www-form-urlencoded.');
  const parameters = await readParameters(call, formBytesMax);
  const headers = { authorization: call.req.header('authorization'), origin: undefined, dpop: undefined };
  const client = await authenticateClient({ parameters, network: call.get('network'), ...headers });
  const { subject, until, issues } = wire.readRevokeAll(parameters);
  refuseWrong(issues);
  await revokeOfPerson(client, subject, until);
  return call.body(null, 200);
}
