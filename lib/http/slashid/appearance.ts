import { getAppearance, replaceAppearance } from '../../appearance/index.ts';
import * as wire from '../../dialects/slashid/index.ts';
import { readJsonObject } from '../body.ts';
import type { Call } from '../call.ts';
import { refuseWrong } from '../refuse-wrong.ts';
import { enterClient } from './caller.ts';

export async function getUiConfiguration(call: Call): Promise<Response> {
  const { ctx, clientId } = await enterClient(call, 'clients:read');
  return call.json(wire.writeAppearance(await getAppearance(ctx, clientId)));
}

export async function putUiConfiguration(call: Call): Promise<Response> {
  const { ctx, clientId } = await enterClient(call, 'clients:write');
  const { appearance, issues } = wire.readAppearance(await readJsonObject(call));
  refuseWrong(issues);
  return call.json(wire.writeAppearance(await replaceAppearance(ctx, clientId, appearance)), 201);
}
