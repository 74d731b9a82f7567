import '#server-only';
import { cache } from 'react';
import { findOwnedClient } from '#lib/clients/index';
import { notFound } from '#lib/kernel/errors';
import { requireContext } from '#lib/portal/session';

/**
 * Who asks and the client of this URL; every page below calls it, none trusts its layout. Not signed in: to sign-in and back.
 * Someone else's client is a missing one.
 */
export const loadClient = cache(async (clientId: string, path = '') => {
  const ctx = await requireContext(`/clients/${encodeURIComponent(clientId)}${path}`);
  const client = await findOwnedClient(ctx, clientId);
  if (!client) throw notFound('App');
  return { ctx, client };
});
