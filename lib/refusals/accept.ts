import { deleteRefusal, selectRefusal } from '#db/queries/refusals';
import { updateClient } from '#lib/clients/index';
import type { Context } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { writeRefusals } from './find.ts';

/**
 * Adds the redirect URI of a refused request to the client and deletes the refusal.
 *
 * @throws not_found: there is no such refusal, or it stands for several; forbidden: the actor may not edit the client
 * @throws conflict: the redirect URI had a query, which is not stored; invalid_metadata: it breaks a rule
 */
export async function addRefusedRedirectUri(ctx: Context, clientId: string, reference: string): Promise<void> {
  await writeRefusals(ctx.db);
  const refusal = await selectRefusal(ctx.db, reference);
  // The redirect URI of a row for the rest may have changed since the page showed it.
  const isSingle = refusal?.clientId === clientId && refusal.reason === 'redirect_uri' && !refusal.isRest;
  if (!isSingle || refusal.redirectUri === '') throw notFound('Refusal');
  const { redirectUri, hadQuery } = refusal;
  if (hadQuery)
    throw new RegistryError(
      'conflict',
      'The request’s redirect URI had a query, which is not stored. Add it under Redirect URIs.',
    );
  const add = ({ redirectUris }: { redirectUris: readonly string[] }) => ({
    redirectUris: [...new Set([...redirectUris, redirectUri])],
  });
  await updateClient(ctx, clientId, add, {
    alongside: (tx) => deleteRefusal(tx.db, { clientId, reference }).then(() => undefined),
  });
}
