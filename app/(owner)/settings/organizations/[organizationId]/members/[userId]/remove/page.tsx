import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { ConfirmForm } from '#components/confirm-form';
import { Page } from '#components/page';
import { Section } from '#components/section';
import { forbidden, notFound } from '#lib/kernel/errors';
import { listMembers } from '#lib/members/index';
import { grantableBy, roleTexts } from '#lib/members/rules';
import { remove } from '../../../actions.ts';
import { loadAdministered } from '../../../load.ts';

export const metadata: Metadata = { title: 'Remove a person' };

type Props = PageProps<'/settings/organizations/[organizationId]/members/[userId]/remove'>;

export default page(async function RemovePage({ params }: Props) {
  const { organizationId, userId } = await params;
  const path = `/members/${encodeURIComponent(userId)}/remove`;
  const { ctx, organization, role, back } = await loadAdministered(organizationId, path);
  const member = (await listMembers(ctx, organization.id)).find((one) => one.userId === userId);
  if (!member || organization.personalOf === userId) throw notFound('Member');
  if (!grantableBy(role).includes(member.role)) throw forbidden('Your role may not remove this person.');
  return (
    <Page title={`Remove ${member.name}`} back={back}>
      <Section tone="danger" title={`${roleTexts[member.role].title} of ${organization.name}`}>
        <p className="mb-4">
          They see nothing of the organization from their next click on; their tokens here and the invitations they sent
          end at once. Apps that they made stay.
        </p>
        <ConfirmForm
          action={remove}
          fields={{ organizationId: organization.id, userId }}
          yes="Remove now"
          no="Keep them"
          back={back.href}
        />
      </Section>
    </Page>
  );
});
