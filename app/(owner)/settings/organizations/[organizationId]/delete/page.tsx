import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { ConfirmForm } from '#components/confirm-form';
import { Page } from '#components/page';
import { Section } from '#components/section';
import { forbidden, notFound } from '#lib/kernel/errors';
import { deleteAll } from '../actions.ts';
import { loadOrganization } from '../load.ts';

export const metadata: Metadata = { title: 'Delete an organization' };

export default page(async function DeletePage({
  params,
}: PageProps<'/settings/organizations/[organizationId]/delete'>) {
  const { organization, role, back } = await loadOrganization((await params).organizationId, '/delete');
  if (role !== 'owner' && role !== 'operator') throw forbidden('Only an owner may delete an organization.');
  if (organization.personalOf) throw notFound('Page');
  return (
    <Page title={`Delete ${organization.name}`} back={back}>
      <Section tone="danger" title="What follows">
        <p className="mb-4">
          Its people, invitations, products and tokens are gone for good. An organization that still has apps, or others
          below it, cannot be deleted.
        </p>
        <ConfirmForm
          action={deleteAll}
          fields={{ organizationId: organization.id }}
          yes="Delete now"
          no="Keep it"
          back={back.href}
        />
      </Section>
    </Page>
  );
});
