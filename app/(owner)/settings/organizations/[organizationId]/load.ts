import '#server-only';
import { cache } from 'react';
import { powersIn, roleIn } from '#lib/kernel/access';
import { forbidden, notFound } from '#lib/kernel/errors';
import { findOrganization } from '#lib/organizations/index';
import { requireContext } from '#lib/portal/session';

/** Returns the context, the organization of this URL, and the person's role. @throws not_found: also for an organization that the person may not see */
export const loadOrganization = cache(async (organizationId: string, path = '') => {
  const ctx = await requireContext(`/settings/organizations/${encodeURIComponent(organizationId)}${path}`);
  const organization = await findOrganization(ctx, organizationId);
  const role = organization && roleIn(ctx.actor, organization.id);
  if (!organization || !role) throw notFound('Organization');
  const { id, name } = organization;
  return {
    ctx,
    organization,
    /** The role that decides about permissions; an operator has it everywhere. */
    role,
    /** The role as a member; an operator may have none. */
    membership: ctx.actor.memberships.find(({ organizationId }) => organizationId === id)?.role,
    administer: powersIn(ctx, id).administer,
    back: { href: `/settings/organizations/${id}`, label: name },
  };
});

/** As `loadOrganization`, for owners and admins. @throws forbidden: for other members */
export async function loadAdministered(organizationId: string, path: string) {
  const loaded = await loadOrganization(organizationId, path);
  if (!loaded.administer) throw forbidden('This page is for the organization’s owners and administrators.');
  return loaded;
}
