import { listAllClients } from '../../clients/index.ts';
import * as wire from '../../dialects/apps/index.ts';
import { mayReadSealed, readSealedSecrets } from '../../secrets/index.ts';
import type { Call } from '../call.ts';
import type { Caller } from '../caller.ts';
import { sayList } from '../say-list.ts';
import { enter } from './caller.ts';

export async function getApps(call: Call): Promise<Response> {
  return sayList(call, writePages(await enter(call)));
}

async function* writePages({ ctx, organizationId }: Caller) {
  const none = mayReadSealed(ctx, organizationId) ? null : undefined;
  for await (const clients of listAllClients(ctx, { organizationId })) {
    const secrets = await readSealedSecrets(ctx, clients);
    yield clients.map((client) => wire.writeOne(client, secrets.get(client.clientId) ?? none));
  }
}
