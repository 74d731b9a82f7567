import { listAllClients } from '../../clients/index.ts';
import * as wire from '../../dialects/trackle/index.ts';
import type { Call } from '../call.ts';
import { sayList } from '../say-list.ts';
import { type Caller, enter } from './caller.ts';
import { orgIdOf, secretsOf } from './known.ts';

export async function getClients(call: Call): Promise<Response> {
  return sayList(call, writePages(await enter(call, 'clients:read')));
}

async function* writePages(caller: Caller) {
  const { ctx, organizationId, product } = caller;
  const orgId = await orgIdOf(caller);
  for await (const clients of listAllClients(ctx, { organizationId, productId: product?.id })) {
    const secretOf = await secretsOf(caller, clients);
    yield clients.map((client) => wire.writeOne(client, { orgId, secret: secretOf(client) }));
  }
}
