import { selectSecrets } from '#db/queries/secrets';
import { getOwnedClient } from '../clients/index.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../errors.ts';
import type { ClientSecret } from './secret.ts';

/** Every secret the client ever had, newest first, without material. `forbidden` for a viewer. */
export async function listSecrets(ctx: Context, clientId: string): Promise<ClientSecret[]> {
  const client = await getOwnedClient(ctx, clientId);
  if (!client.may.seeSecrets)
    throw new RegistryError('forbidden', 'Your role does not show you the secrets of this client.');
  return (await selectSecrets(ctx.db, client.clientId)) as ClientSecret[];
}
