import '#server-only';
import { cache } from 'react';
import { findOwnedClient } from '#lib/clients/index';
import { notFound } from '#lib/kernel/errors';
import { requireContext } from '#lib/portal/session';

/**
 * Returns the context and the client of this URL. Every page below calls it and does not rely on its layout. A person who is signed out is
 * redirected to the sign-in page. @throws not_found: also for somebody else's client
 */
export const loadClient = cache(async (clientId: string, path = '') => {
  const ctx = await requireContext(`/clients/${encodeURIComponent(clientId)}${path}`);
  const client = await findOwnedClient(ctx, clientId);
  if (!client) throw notFound('App');
  return { ctx, client };
});
