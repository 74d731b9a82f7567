import { database } from '../../database.ts';
import * as wire from '../../dialects/docspace/index.ts';
import { notFound } from '../../errors.ts';
import { findPublicClient } from '../../public-info/index.ts';
import type { Call } from '../call.ts';
import { takeFromBudget } from '../limits.ts';
import { publicLimits } from './limits.ts';
import { logoOf } from './logos.ts';

/** For anyone who knows the id; without the ids of people. */
export async function getPublicInfo(call: Call): Promise<Response> {
  await takeFromBudget(call, publicLimits);
  const client = await findPublicClient(database(), call.req.param('id') ?? '');
  if (!client) throw notFound('Client');
  return call.json(wire.writeInfo(client, await logoOf(database(), client)));
}
