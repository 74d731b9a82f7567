import { selectAppearance } from '#db/queries/client-appearances';
import { getOwnedClient } from '../clients/index.ts';
import type { Context } from '../context.ts';
import type { Appearance } from './appearance.ts';

/** What the client wishes its pages to look like; nothing where it never said. Throws `not_found`. */
export async function getAppearance(ctx: Context, clientId: string): Promise<Appearance> {
  const client = await getOwnedClient(ctx, clientId);
  return (await selectAppearance(ctx.db, client.clientId)) ?? {};
}
