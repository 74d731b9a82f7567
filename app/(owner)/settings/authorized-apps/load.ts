import '#server-only';
import { cache } from 'react';
import { findOwnGrantTo } from '#lib/grants/index';
import { notFound } from '#lib/kernel/errors';
import { requireContext } from '#lib/portal/session';

/** Returns the person's grant to the app of the path. `below` is the page's path below the app's. @throws not_found: there is no grant */
export const loadGrant = cache(async (clientId: string, below = '') => {
  const ctx = await requireContext(`/settings/authorized-apps/${encodeURIComponent(clientId)}${below}`);
  const grant = await findOwnGrantTo(ctx, clientId);
  if (!grant) throw notFound('App');
  return { ctx, grant };
});
