import '#server-only';
import { cache } from 'react';
import { powersIn, roleIn } from '#lib/kernel/access';
import { forbidden, notFound } from '#lib/kernel/errors';
import { findOrganization } from '#lib/organizations/index';
import { requireContext } from '#lib/portal/session';

/** Who asks, the organization of this URL, and the role in which they meet. Somebody else's organization is a missing one. */
export const loadOrganization = cache(async (organizationId: string, path = '') => {
  const ctx = await requireContext(`/settings/organizations/${encodeURIComponent(organizationId)}${path}`);
  const organization = await findOrganization(ctx, organizationId);
  const role = organization && roleIn(ctx.actor, organization.id);
  if (!organization || !role) throw notFound('Organization');
  const { id, name } = organization;
  return {
    ctx,
    organization,
    /** What counts for what they may do; an operator is one everywhere. */
    role,
    /** The role they were given here; an operator may have none. */
    membership: ctx.actor.memberships.find(({ organizationId }) => organizationId === id)?.role,
    administer: powersIn(ctx, id).administer,
    back: { href: `/settings/organizations/${id}`, label: name },
  };
});

/** As `loadOrganization`, for its owners and admins: its other members are told that it is not for them. */
export async function loadAdministered(organizationId: string, path: string) {
  const loaded = await loadOrganization(organizationId, path);
  if (!loaded.administer) throw forbidden('This page is for the organization’s owners and administrators.');
  return loaded;
}
