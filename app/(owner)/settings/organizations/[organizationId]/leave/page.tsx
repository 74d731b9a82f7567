import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { ConfirmForm } from '#components/confirm-form';
import { Page } from '#components/page';
import { Section } from '#components/section';
import { notFound } from '#lib/kernel/errors';
import { leave } from '../actions.ts';
import { loadOrganization } from '../load.ts';

export const metadata: Metadata = { title: 'Leave an organization' };

export default page(async function LeavePage({ params }: PageProps<'/settings/organizations/[organizationId]/leave'>) {
  const { organization, membership, back } = await loadOrganization((await params).organizationId, '/leave');
  if (organization.personalOf || !membership) throw notFound('Page');
  return (
    <Page title={`Leave ${organization.name}`} back={back}>
      <Section tone="danger" title="What follows">
        <p className="mb-4">
          You see its apps no longer, and your tokens here end at once. Apps that you made stay with the organization.
          To come back you need an invitation.
        </p>
        <ConfirmForm
          action={leave}
          fields={{ organizationId: organization.id }}
          yes="Leave now"
          no="Stay"
          back={back.href}
        />
      </Section>
    </Page>
  );
});
