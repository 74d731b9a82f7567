import '#server-only';
import { cache } from 'react';
import { findOwnGrantTo } from '#lib/grants/index';
import { notFound } from '#lib/kernel/errors';
import { requireContext } from '#lib/portal/session';

/** What the person has allowed the app of the path; what they have not is not there. `below` is the page below the app's. */
export const loadGrant = cache(async (clientId: string, below = '') => {
  const ctx = await requireContext(`/settings/authorized-apps/${encodeURIComponent(clientId)}${below}`);
  const grant = await findOwnGrantTo(ctx, clientId);
  if (!grant) throw notFound('App');
  return { ctx, grant };
});
