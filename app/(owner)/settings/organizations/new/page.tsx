import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { Page } from '#components/page';
import { powersIn } from '#lib/kernel/access';
import { listOrganizations } from '#lib/organizations/index';
import { requireContext } from '#lib/portal/session';
import { NewOrganizationForm } from './form.tsx';

export const metadata: Metadata = { title: 'New organization' };

export default page(async function NewOrganizationPage() {
  const ctx = await requireContext('/settings/organizations/new');
  const organizations = await listOrganizations(ctx);
  const parents = organizations.filter(({ id }) => powersIn(ctx, id).administer);
  return (
    <Page
      title="New organization"
      lead="You will be its owner, and can invite others."
      back={{ href: '/settings/organizations', label: 'Organizations' }}
    >
      <NewOrganizationForm parents={parents.map(({ id, name }) => ({ value: id, label: name }))} />
    </Page>
  );
});
