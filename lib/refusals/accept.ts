import { deleteRefusal, selectRefusal } from '#db/queries/refusals';
import { updateClient } from '#lib/clients/index';
import type { Context } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { writeRefusals } from './find.ts';

/**
 * Registers the redirect URI that was refused: from now on the request is answered. @throws not_found, forbidden, whatever the rule
 * book finds wrong with it, and `conflict` where only a part of it is known
 */
export async function addRefusedRedirectUri(ctx: Context, clientId: string, reference: string): Promise<void> {
  await writeRefusals(ctx.db);
  const refusal = await selectRefusal(ctx.db, reference);
  // What stands for the rest may lead elsewhere by now than when it was shown.
  const isOne = refusal?.clientId === clientId && refusal.reason === 'redirect_uri' && !refusal.isRest;
  if (!isOne || refusal.redirectUri === '') throw notFound('Refusal');
  const { redirectUri, hadQuery } = refusal;
  if (hadQuery)
    throw new RegistryError(
      'conflict',
      'It was asked for with a query, which is not kept. Add it under Redirect URIs.',
    );
  const add = ({ redirectUris }: { redirectUris: readonly string[] }) => ({
    redirectUris: [...new Set([...redirectUris, redirectUri])],
  });
  await updateClient(ctx, clientId, add, {
    alongside: (tx) => deleteRefusal(tx.db, { clientId, reference }).then(() => undefined),
  });
}
