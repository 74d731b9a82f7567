import { page, pageTitle } from '#app/page-answer';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import { roleTexts } from '#lib/members/rules';
import { ApiTokens } from './api-tokens.tsx';
import { Details } from './details.tsx';
import { Domains } from './domains.tsx';
import { done } from './done.ts';
import { Invitations } from './invitations.tsx';
import { loadOrganization } from './load.ts';
import { Members } from './members.tsx';
import { Products } from './products.tsx';
import { WaysOut } from './ways-out.tsx';

type Props = PageProps<'/settings/organizations/[organizationId]'>;

export const generateMetadata = pageTitle(async ({ params }: Props) => {
  const { organization } = await loadOrganization((await params).organizationId);
  return organization.name;
});

export default page(async function OrganizationPage({ params, searchParams }: Props) {
  const { organization, membership, administer } = await loadOrganization((await params).organizationId);
  const outcome = done((await searchParams).done);
  const { id } = organization;
  return (
    <Page
      title={organization.name}
      lead={membership ? `You are ${roleTexts[membership].title.toLowerCase()} here.` : 'You see it as the operator.'}
      back={{ href: '/settings/organizations', label: 'Organizations' }}
      width="wide"
    >
      {outcome && (
        <div className="mb-6" role="status">
          <Notice tone={outcome.tone}>{outcome.text}</Notice>
        </div>
      )}
      <Members organizationId={id} />
      {administer && <Invitations organizationId={id} />}
      <Domains organizationId={id} />
      <Products organizationId={id} />
      {administer && <ApiTokens organizationId={id} />}
      <Details organizationId={id} />
      <WaysOut organizationId={id} />
    </Page>
  );
});
