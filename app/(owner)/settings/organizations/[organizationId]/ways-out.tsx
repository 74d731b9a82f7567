import Link from 'next/link';
import { buttonClass } from '#components/button';
import { Section } from '#components/section';
import { loadOrganization } from './load.ts';

/** The links to leave and to delete the organization. A personal organization has neither. */
export async function WaysOut({ organizationId }: { organizationId: string }) {
  const { organization, role, membership } = await loadOrganization(organizationId);
  if (organization.personalOf) return null;
  const base = `/settings/organizations/${organizationId}`;
  const mayDelete = role === 'owner' || role === 'operator';
  return (
    <Section title="Danger zone" tone="danger">
      <div className="flex flex-wrap gap-3">
        {membership && (
          <Link href={`${base}/leave`} className={buttonClass('secondary')}>
            Leave the organization
          </Link>
        )}
        {mayDelete && (
          <Link href={`${base}/delete`} className={buttonClass('secondary')}>
            Delete the organization
          </Link>
        )}
      </div>
    </Section>
  );
}
